using BenchmarkDotNet.Attributes;
using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Kernels;

/// <summary>
/// The works of one group under BenchmarkDotNet, on one thread and on two: for looking into a kernel of our own (its profilers, its disassembler). Peers are
/// for <c>compare</c>. <c>dotnet run -c Release --project benchmarks/CourseLib.Benchmarks -- --filter *Gemm*</c>
/// </summary>
/// <param name="group">The works whose names start with this and a stroke.</param>
[ShortRunJob]
public abstract class WorkBenchmarks(params string[] group)
{
    private Action call = () => { };

    /// <summary>The works' names.</summary>
    public IEnumerable<string> Names => WorkCatalog.All.Where(work => group.Contains(work.Group)).Select(work => work.Name);

    /// <summary>The work.</summary>
    [ParamsSource(nameof(Names))]
    public string Work { get; set; } = "";

    /// <summary>How many threads work on it.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Workers.Count = Threads;
        call = WorkCatalog.Find(Work).Prepare().Call;
    }

    /// <summary>One call.</summary>
    [Benchmark]
    public void Run() => call();
}
