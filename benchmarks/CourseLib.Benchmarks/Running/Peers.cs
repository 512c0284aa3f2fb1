using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>Who is compared, and how each is started.</summary>
internal static class Peers
{
    private const string ChannelsLast = "channels_last", Foreach = "foreach";

    private static readonly string[] Once = [Request.Plain];
    private static readonly string[] Functions = ["exp", "log", "tanh", "sigmoid", "erf", "gelu"];

    /// <summary>This library.</summary>
    public static Peer Ours => Served("CourseLib", "courselib", _ => true);

    /// <summary>OpenBLAS, which is asked beforehand what it takes the processor for.</summary>
    public static Peer OpenBlas => Served("OpenBLAS", "openblas", work => work.Group == "gemm");

    /// <summary>The others; whether a machine has one is seen when it is started.</summary>
    /// <param name="places">Where scripts and packages are.</param>
    /// <param name="threads">How many threads each gets.</param>
    /// <param name="narrow">Whether everybody is held to AVX2.</param>
    /// <param name="quick">Whether time is short.</param>
    public static IEnumerable<Peer> Others(Places places, int threads, bool narrow, bool quick)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        return
        [
            OpenBlas,
            Served("BLIS", "blis", work => work.Group == "gemm"),
            new("PyTorch", places.Python, [places.TorchScript, count], quick ? OfTorchInShort : OfTorch),
            .. quick || narrow || !Vector512.IsHardwareAccelerated ? Array.Empty<Peer>() :
            [
                // PyTorch's own loops leave the widest registers alone unless told; its BLAS and oneDNN do not ask.
                new("PyTorch, avx512", places.Python, [places.TorchScript, count], OfWiderTorch) { Variables = new Dictionary<string, string?> { ["ATEN_CPU_CAPABILITY"] = "avx512" } },
            ],
            new("ONNX Runtime", places.Node, [places.OnnxScript, count, places.PeerFolder], work => work.Group == "infer" ? Once : [])
            {
                Excluded = narrow ? "has no switch that holds it to AVX2" : null,
            },
            Served("TensorPrimitives", "tensorprimitives", work => Functions.Contains(work.Group)),
            Served("MathNet", "mathnet", work => work.Group == "gemm" && work.Name.EndsWith("/nn", StringComparison.Ordinal)),
        ];
    }

    /// <summary>This program in another process: the host and the dll, or the executable that starts both. Its output is read.</summary>
    public static ProcessStartInfo ThisProgram(string[] arguments)
    {
        (string program, string[] before) = ThisProgram();
        return new(program, [.. before, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
    }

    private static (string Program, string[] Arguments) ThisProgram()
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return (program, isHost ? [typeof(Peers).Assembly.Location] : []);
    }

    // A contender in .NET is this program in another process.
    private static Peer Served(string name, string contender, Func<Work, bool> does)
    {
        (string program, string[] before) = ThisProgram();
        return new(name, program, [.. before, "serve", contender], work => does(work) ? Once : []);
    }

    private static string[] OfWiderTorch(Work work) => work.Group is "train" or "adam" or "adamw" or "sgdm" or "batchnorm" or "maxpool" or "softmax_ce" ? OfTorch(work) : [];

    // One of two settings that make little difference to the networks of images: where time is short, foreach is left out.
    private static string[] OfTorchInShort(Work work) => OfTorch(work) is { Length: 4 } ? [Request.Plain, ChannelsLast] : OfTorch(work);

    // The best of PyTorch's settings is what counts, so each that may be it is a row.
    private static string[] OfTorch(Work work) => (work.Group, work.Name) switch
    {
        ("limit", _) => [],
        ("train", "train/mlp_b64") => [Request.Plain, Foreach],
        ("train", _) => [Request.Plain, Foreach, ChannelsLast, $"{ChannelsLast}+{Foreach}"],
        ("adam" or "adamw" or "sgdm", _) => [Request.Plain, Foreach],
        ("infer", "infer/cnn_b64" or "infer/cnn_b1") or ("conv" or "batchnorm" or "maxpool", _) => [Request.Plain, ChannelsLast],
        _ => Once,
    };
}
