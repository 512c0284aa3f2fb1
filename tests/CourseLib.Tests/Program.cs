using CourseLib.Tests.Coverage;
using CourseLib.Tests.SimdLevels;

namespace CourseLib.Tests;

/// <summary>
/// What this assembly does when it is run as a program instead of being loaded by a test host: the numerical tests in a process of their own, so that
/// they can run with the runtime's switches (see <see cref="LevelTests"/>).
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["coverage"] => CoverageTable.Write(),
        ["level"] => SimdLevel.Print(),
        ["numbers", .. string[] rest] => NumbersChild.Run(rest),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("""
            These are tests: run `dotnet test`. As a program the assembly knows
              coverage                           write docs/coverage.md
              level                              print the width in bits of the registers that the runtime uses here
              numbers <bits> [results] [tests]   assert that width, print a hash of each result of the battery, run the numerical tests
                                                 (everything: all tests that start no process; culture=ru-RU: under that culture;
                                                 seed=7: tests that are given no generator draw other numbers)
            """);
        return 2;
    }
}
