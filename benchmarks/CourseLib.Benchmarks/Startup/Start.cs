namespace CourseLib.Benchmarks.Startup;

/// <summary>A start of the library in a fresh process.</summary>
/// <param name="Subject">What was done.</param>
/// <param name="Ready">Milliseconds until the network and its batches were there.</param>
/// <param name="First">Milliseconds until the first step had been done.</param>
/// <param name="All">Milliseconds until the last had.</param>
/// <param name="Compiling">Milliseconds of all threads in the just-in-time compiler.</param>
/// <param name="MethodCount">How many methods it compiled.</param>
/// <param name="Methods">The methods, seen in another process.</param>
internal sealed record Start(string Subject, double Ready, double First, double All, double Compiling, int MethodCount, IReadOnlyList<CompiledMethod> Methods)
{
    /// <summary>The most that the kernels of a training may take.</summary>
    public const double Limit = 150;

    /// <summary>Whether it is a training, not every work there is.</summary>
    public bool Trains => Subject != StartupChild.Everything;

    /// <summary>Whether the kernels took longer to compile than those of a training may.</summary>
    public bool IsSlow => Trains && KernelMilliseconds > Limit;

    /// <summary>The kernels among the methods, those that somebody waited for.</summary>
    public IEnumerable<CompiledMethod> Kernels => Methods.Where(method => method is { IsKernel: true, IsAgain: false });

    /// <summary>Milliseconds that the compiler took for them.</summary>
    public double KernelMilliseconds => Kernels.Sum(method => method.Milliseconds);

    /// <summary>Milliseconds that it took, in the background, to make better code of kernels that were called often.</summary>
    public double AgainMilliseconds => Methods.Where(method => method is { IsKernel: true, IsAgain: true }).Sum(method => method.Milliseconds);
}
