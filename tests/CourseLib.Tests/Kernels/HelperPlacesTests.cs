using System.Globalization;
using CourseLib.Kernels;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Kernels;

[Collection(nameof(ProcessState))]
public class HelperPlacesTests
{
    private const string Me = "/proc/thread-self";

    /// <summary>Whether the system would put a helper behind its owner is chance; that it may not is in the helper's own record. Elsewhere than on Linux the system chooses alone.</summary>
    [Fact]
    public void HelpersMayRunAnywhereButOnTheProcessorOfTheThreadTheyHelp() => WorkersTests.WithThreads(2, () =>
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        using Barrier both = new(2);
        Workers.For(2, new Meet(both)); // a helper is there
        string all = Allowed(Me);
        string seen = "";
        Assert.True(SpinWait.SpinUntil(HelpersAreElsewhere, TimeSpan.FromSeconds(10)), $"of the processors {all}, owner and helpers were seen at {seen}");

        bool HelpersAreElsewhere()
        {
            int before = Processor();
            Workers.For(2, new Meet(null));
            string[] helpers = [.. Directory.GetDirectories("/proc/self/task").Where(IsHelper).Select(Allowed)];
            int after = Processor();
            seen = $"{before}, {after}: {string.Join(" and ", helpers)}";
            int[] expected = [.. Numbers(all).Where(number => number != before)];
            // moved meanwhile: once more; with a single processor the helpers keep it
            return before == after && helpers.Length > 0 && helpers.All(helper => Numbers(helper).SequenceEqual(expected.Length > 0 ? expected : Numbers(all)));
        }
    });

    private static bool IsHelper(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("CourseLib help", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it has ended meanwhile; helpers never do
        }
    }

    private static string Allowed(string thread) => File.ReadLines(Path.Combine(thread, "status")).Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();

    /// <summary>Field 39 of the thread's record; the name, which may hold spaces, is the second and in brackets.</summary>
    private static int Processor() => int.Parse(File.ReadAllText(Path.Combine(Me, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[36], CultureInfo.InvariantCulture);

    /// <summary>The numbers of a list such as 0-3,6.</summary>
    private static IEnumerable<int> Numbers(string list) => list.Split(',').Select(part => part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray()).SelectMany(ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));

    private readonly struct Meet(Barrier? both) : IWork
    {
        public void Run(int chunk) => Assert.True(both?.SignalAndWait(TimeSpan.FromSeconds(10)) ?? true, "no helper came");
    }
}
