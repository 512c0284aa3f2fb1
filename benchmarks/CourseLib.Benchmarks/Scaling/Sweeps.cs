using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>The points of the charts, by the names of their works.</summary>
internal static class Sweeps
{
    /// <summary>Examples in a batch of each network.</summary>
    public static readonly (string Network, int[] Sizes)[] Batches = [("mlp", [1, 4, 16, 64, 256]), ("lenet", [1, 4, 16, 64, 256]), ("cnn", [1, 4, 16, 64])];

    /// <summary>Inputs and outputs of a linear layer.</summary>
    public static readonly int[] Widths = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

    /// <summary>Rows and columns of an image.</summary>
    public static readonly int[] Images = [4, 7, 8, 12, 14, 16, 20, 28, 32, 56];

    /// <summary>Passes of a convolution.</summary>
    public static readonly string[] Passes = ["forward", "dx", "dw"];

    /// <summary>What the threads share.</summary>
    public static readonly string[] Shared =
    [
        "gemm/128x128x128/nn", "gemm/512x512x512/nn", Layer(28, "forward"), "train/mlp_b64", "train/lenet_b64", "train/cnn_b64", "batchnorm/64x32x28x28/forward", "adam/1M", "exp/1M",
    ];

    /// <summary>The points under the roof.</summary>
    public static readonly string[] UnderTheRoof =
    [
        "exp/1M", "adam/1M", "sgdm/1M", "batchnorm/64x32x28x28/forward", "maxpool/64x32x28x28/forward", "gemm/64x128x10/nn", "gemm/64x64x64/nn", "gemm/64x784x128/nn", "gemm/256x256x256/nn",
        "gemm/1024x1024x1024/nn", "conv/5x5_1_6_28/forward", "conv/5x5_6_16_14/forward", "conv/3x3_1_32_28/forward", Layer(28, "forward"), "conv/3x3_64_64_14/forward", "conv/3x3_64_64_14/dw",
    ];

    /// <summary>A training step.</summary>
    public static string Step(string network, int batch) => FormattableString.Invariant($"train/{network}_b{batch}");

    /// <summary>A linear layer at batch 64, forward.</summary>
    public static string Linear(int width) => FormattableString.Invariant($"gemm/64x{width}x{width}/nt");

    /// <summary>A 3x3 convolution from 32 channels to 32 at batch 64.</summary>
    public static string Layer(int size, string pass) => FormattableString.Invariant($"conv/3x3_32_32_{size}/{pass}");

    /// <summary>All works that are asked for with a number of threads.</summary>
    public static IEnumerable<string> Works(int threads) => threads > 1 ? Shared : LimitWorks.All.Select(work => work.Name)
        .Concat(Batches.SelectMany(entry => entry.Sizes.Select(size => Step(entry.Network, size))))
        .Concat(Widths.Select(Linear))
        .Concat(Images.SelectMany(size => Passes.Select(pass => Layer(size, pass))))
        .Concat(Shared).Concat(UnderTheRoof).Distinct();
}
