using System.Globalization;
using CourseLib.Kernels;

namespace CourseLib.Tests.SimdLevels;

/// <summary>
/// The numerical tests with AVX-512, AVX2, 128-bit registers and none, with one thread and two, in child processes that assert the level they got; at
/// each level a battery of results is the same to the last bit with one, two and three threads, and each kernel was run with registers of that width.
/// Everything else runs once more under a culture with decimal commas.
/// </summary>
public class LevelTests
{
    [LevelFact(512)]
    public void With_512_bits() => Check(512);

    [LevelFact(256)]
    public void With_256_bits() => Check(256);

    [LevelFact(128)]
    public void With_128_bits() => Check(128);

    [Fact]
    public void Without_vector_registers() => Check(0);

    [Theory]
    [InlineData("ru-RU", "1,5")]
    public void Where_people_write_a_decimal_comma(string culture, string oneAndAHalf)
    {
        Run run = Run.Read(Child.Run(SimdLevel.For(SimdLevel.Machine), "numbers", SimdLevel.Machine.ToString(CultureInfo.InvariantCulture), "culture=" + culture, "everything"));
        Assert.Equal(oneAndAHalf, run.Culture);
        Assert.True(run.Failures.Count == 0, $"{culture}:\n{string.Join('\n', run.Failures)}");
        Assert.All(new[] { "Charts", "Course", "Data", "Display", "Tensors", "Training" }, folder => Assert.Contains(run.Passed, test => test.StartsWith($"CourseLib.Tests.{folder}.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_child_with_another_level_than_expected_fails()
    {
        Xunit.Sdk.TrueException failure = Assert.Throws<Xunit.Sdk.TrueException>(() => Child.Run(SimdLevel.For(0), "numbers", "128"));
        Assert.Contains("expected registers of 128 bits, the runtime uses 0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_fails_in_a_child_is_reported_by_name()
    {
        // It fails with a number in its message: the test itself runs under the culture that was asked for.
        Run run = Run.Read(Child.Run(SimdLevel.For(0), "numbers", "0", "culture=ru-RU", "failure"));
        Assert.StartsWith("CourseLib.Tests.SimdLevels.ToldToFail.Does_as_told(left: 1): told to fail 1,5", Assert.Single(run.Failures), StringComparison.Ordinal);
        Assert.Equal(["CourseLib.Tests.SimdLevels.ToldToFail.Does_as_told(left: 2)"], run.Passed);
    }

    [Fact]
    public void A_wrong_result_in_a_child_is_reported_by_name()
    {
        Run one = Run.Read("level\t0\nthreads\t1\nresult\texp\tAA\nresult\tlog\tBB\npassed\tX.A\t\nfailed\tX.B(n: 1)\texpected 2, got 3\n");
        Assert.Equal(["X.B(n: 1): expected 2, got 3"], one.Failures);
        Run two = Run.Read("level\t0\nthreads\t2\nresult\texp\tAA\nresult\tlog\tCC\n");
        Assert.Equal(["log"], Differences(one, two));
        Assert.Equal(["exp", "log"], Differences(one, Run.Read("level\t0\n")));
        Assert.Equal(["zero"], Differences(Run.Read("level\t0\n"), Run.Read("level\t0\nresult\tzero\tDD\n")));
    }

    [Fact]
    public void A_kernel_that_no_test_runs_is_reported_by_name()
    {
        string[] all = CompiledKernels.Missing([], 128);
        const string Kernel = "CourseLib.Kernels.Convolutions.RowTile:Run", Work = "CourseLib.Kernels.Poolings.TwoByTwo:Max";
        Assert.Contains(Kernel, all);
        Assert.Contains(Work, all);
        string line = $"  12: JIT compiled {Kernel}[CourseLib.Kernels.Lanes4,CourseLib.Kernels.Count8](int,int) [FullOpts, IL size=1, code size=2]";
        Assert.Equal(all.Except([Kernel]), CompiledKernels.Missing([line], 128));
        Assert.Equal(all, CompiledKernels.Missing([line], 256));
        string within = $"  13: JIT compiled {Work}[CourseLib.Kernels.Lanes4](int) [FullOpts{line}, IL size=3, code size=4]";
        Assert.Equal(all.Except([Kernel, Work]), CompiledKernels.Missing([within], 128));
    }

    private static void Check(int bits)
    {
        // Two at a time: a machine with two processors is what the course asks for. The third has no tests to run and is quick.
        Run[] runs = new Run[3];
        string list = Path.GetTempFileName();
        Parallel.For(0, 2, i => runs[i] = Start(bits, i + 1, i == 1 ? list : null, "tests"));
        Assert.Empty(CompiledKernels.Missing(File.ReadLines(list), bits).Except(NotFor(bits).Select(kernel => $"{typeof(Lanes16).Namespace}.{kernel}")));
        File.Delete(list);
        runs[2] = Start(bits, 3, list: null);
        foreach (Run run in runs)
        {
            Assert.Equal((bits, Array.IndexOf(runs, run) + 1), (run.Bits, run.Threads));
            Assert.True(run.Failures.Count == 0, FormattableString.Invariant($"{bits} bits, {run.Threads} threads:\n{string.Join('\n', run.Failures)}"));
            string[] different = Differences(runs[0], run);
            Assert.True(different.Length == 0, FormattableString.Invariant($"{bits} bits: with {run.Threads} threads other numbers than with one: {string.Join(", ", different)}"));
        }

        Assert.True(runs[0].Results.Count > 30, $"the battery has only {runs[0].Results.Count} results");
        Assert.All(runs[..2], run => Assert.All(
            NumericalTests.Folders.Where(folder => typeof(LevelTests).Assembly.GetTypes().Any(type => type.Namespace == "CourseLib.Tests." + folder)),
            folder => Assert.Contains(run.Passed, test => test.StartsWith($"CourseLib.Tests.{folder}.", StringComparison.Ordinal))));
    }

    // What no shape leads to: tiles whose sums need 32 registers, those of DotWork for more channels than half a register holds, and, where a register has one lane, what shares its lanes out or ends within it.
    private static string[] NotFor(int bits) =>
    [
        .. bits < 512 ? new[] { "Convolutions.CorrelationTiles:Rows6", "Convolutions.CorrelationTiles:Rows8", "Convolutions.DotTiles:Rows6" } : [],
        .. bits < 256 ? new[] { "Convolutions.DotTiles:Rows4" } : [],
        .. bits == 0 ? new[] { "Convolutions.DotTiles:Rows2", "Convolutions.DotWork:AddBias", "Convolutions.ScatterWork:AddWindows", "DotGemmTile:Run", "GemmPanel:Write" } : [],
    ];

    private static Run Start(int bits, int threads, string? list, params string[] also)
    {
        Dictionary<string, string?> environment = SimdLevel.For(bits);
        if (list is not null)
        {
            CompiledKernels.Listen(environment, list);
        }

        environment["COURSELIB_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return Run.Read(Child.Run(environment, ["numbers", bits.ToString(CultureInfo.InvariantCulture), "results", .. also]));
    }

    private static string[] Differences(Run one, Run other) =>
        [.. one.Results.Keys.Union(other.Results.Keys).Where(name => one.Results.GetValueOrDefault(name) != other.Results.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];

    /// <summary>What a child printed.</summary>
    private sealed class Run
    {
        internal int Bits { get; private set; } = -1;

        internal int Threads { get; private set; }

        internal string? Culture { get; private set; }

        internal List<string> Passed { get; } = [];

        internal List<string> Failures { get; } = [];

        internal Dictionary<string, string> Results { get; } = [];

        internal static Run Read(string output)
        {
            Run run = new();
            foreach (string[] parts in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split('\t')))
            {
                switch (parts[0])
                {
                    case NumbersChild.Level:
                        run.Bits = int.Parse(parts[1], CultureInfo.InvariantCulture);
                        break;
                    case NumbersChild.Threads:
                        run.Threads = int.Parse(parts[1], CultureInfo.InvariantCulture);
                        break;
                    case NumbersChild.Culture:
                        run.Culture = parts[1];
                        break;
                    case NumbersChild.Passed:
                        run.Passed.Add(parts[1]);
                        break;
                    case NumbersChild.Failed:
                        run.Failures.Add($"{parts[1]}: {parts[2]}");
                        break;
                    case NumbersChild.Result:
                        run.Results.Add(parts[1], parts[2]);
                        break;
                    default:
                        // A test that prints something of its own.
                        break;
                }
            }

            return run;
        }
    }
}
