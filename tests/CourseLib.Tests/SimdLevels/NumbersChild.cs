using System.Globalization;
using CourseLib.Kernels;

namespace CourseLib.Tests.SimdLevels;

/// <summary>What a child process does: asserts its level, runs the numerical tests, prints hashes of results. One fact on a line.</summary>
internal static class NumbersChild
{
    internal const string Level = "level", Threads = "threads", Passed = "passed", Failed = "failed", Result = "result", Culture = "culture", Seed = "seed";

    internal static int Run(string[] arguments)
    {
        int bits = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        if (SimdLevel.Current != bits)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"expected registers of {bits} bits, the runtime uses {SimdLevel.Current}"));
            return 1;
        }

        if (arguments.FirstOrDefault(argument => argument.StartsWith(Culture, StringComparison.Ordinal)) is { } culture)
        {
            // Before anything else runs, so that every thread has it.
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = new CultureInfo(culture[Culture.Length..].Trim('='));
            Write(Culture, 1.5.ToString(CultureInfo.CurrentCulture));
        }

        if (arguments.FirstOrDefault(argument => argument.StartsWith(Seed, StringComparison.Ordinal)) is { } seed)
        {
            NumericalTests.DefaultSeed = ulong.Parse(seed[Seed.Length..].Trim('='), CultureInfo.InvariantCulture);
        }

        Write(Level, bits.ToString(CultureInfo.InvariantCulture));
        Write(Threads, Workers.Count.ToString(CultureInfo.InvariantCulture));
        if (arguments.Contains("results"))
        {
            foreach ((string name, string hash) in Battery.Run())
            {
                Write(Result, name, hash);
            }
        }

        if (arguments.Contains("tests"))
        {
            Write(NumericalTests.Run(NumericalTests.Covers));
        }

        if (arguments.Contains("everything"))
        {
            Write(NumericalTests.Run(NumericalTests.NeedsNoProcess));
        }

        if (arguments.Contains("failure"))
        {
            ToldToFail.Obeys = true;
            Write(NumericalTests.Run(name => name == typeof(ToldToFail).FullName));
        }

        return 0;
    }

    private static void Write(IEnumerable<NumericalTests.Outcome> outcomes)
    {
        foreach (NumericalTests.Outcome outcome in outcomes)
        {
            Write(outcome.Failure is null ? Passed : Failed, outcome.Test, outcome.Failure ?? "");
        }
    }

    private static void Write(params string[] parts) => Console.WriteLine(string.Join('\t', parts.Select(part => part.ReplaceLineEndings(" ").Replace('\t', ' '))));
}
