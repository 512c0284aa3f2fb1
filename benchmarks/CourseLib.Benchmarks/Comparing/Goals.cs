namespace CourseLib.Benchmarks.Comparing;

/// <summary>What the project wants of each ratio.</summary>
internal static class Goals
{
    /// <summary>The peer of rows that hold us against the fused multiply-adds that the machine was seen to do.</summary>
    public const string Arithmetic = "limit: FMA";

    /// <summary>The peer of rows that hold us against the bandwidth at which the machine was seen to copy.</summary>
    public const string Bandwidth = "limit: copy";

    /// <summary>The same for a copy of about as many bytes as the work moves, which stay in the same cache; no goal is set against it.</summary>
    public const string CacheBandwidth = "limit: copy of that size";

    /// <summary>The peer of rows that hold more threads against one.</summary>
    public const string OneThread = "CourseLib, 1 thread";

    /// <summary>The least ratio that is good enough; null where none is asked.</summary>
    /// <param name="work">The work.</param>
    /// <param name="threads">One, or more.</param>
    /// <param name="peer">The peer, with its setting.</param>
    /// <param name="narrow">Whether everybody is held to AVX2.</param>
    public static double? Of(string work, int threads, string peer, bool narrow)
    {
        bool one = threads == 1;
        string group = work.Split('/')[0];
        return (group, peer.Split(' ', ',')[0]) switch
        {
            ("gemm", "OpenBLAS") => narrow ? one ? 0.97 : null : 1.0,
            _ when narrow => null,
            ("gemm", "limit:") => one && IsLargeProduct(work, 256) ? 0.93 : null,
            ("gemm", "CourseLib") => IsLargeProduct(work, 128) ? 1.85 : null,
            ("train", "PyTorch") => OfTraining(work, one, peer.Contains("channels_last", StringComparison.Ordinal)),
            ("infer", "ONNX") => work == "infer/cnn_b1" ? null : 1.0,
            ("conv", "PyTorch") => work.StartsWith("conv/3x3", StringComparison.Ordinal) ? 1.2 : null,
            (_, "PyTorch") when AreAlternatives(work) => 2.0,
            (_, "limit:") when AreAlternatives(work) => peer == Bandwidth ? 0.85 : null,
            ("softmax_ce", "PyTorch") => 2.0,
            ("exp" or "log" or "tanh" or "sigmoid", "TensorPrimitives") => 2.0,
            ("erf" or "gelu", "PyTorch") => 2.0, // TensorPrimitives has neither
            _ => null,
        };
    }

    /// <summary>Whether one of the work's goals is enough: it moves numbers and computes little, so it is twice as fast as the peer, or as fast as memory.</summary>
    public static bool AreAlternatives(string work) => work.Split('/')[0] is "batchnorm" or "maxpool" or "adam" or "adamw" or "sgdm";

    private static double? OfTraining(string work, bool one, bool channelsLast) => work switch
    {
        "train/mlp_b64" => one ? 2 : 3.5,
        "train/lenet_b64" => one ? 3.5 : 4.5,
        "train/cnn_b64" when channelsLast => one ? 1.2 : 1.4,
        "train/cnn_b64" => one ? 1.5 : 1.8,
        _ => null,
    };

    // gemm/MxKxN/layout, cubes alone.
    private static bool IsLargeProduct(string work, int least)
    {
        string[] sizes = work.Split('/')[1].Split('x');
        return sizes.Distinct().Count() == 1 && int.Parse(sizes[0], System.Globalization.CultureInfo.InvariantCulture) >= least;
    }
}
