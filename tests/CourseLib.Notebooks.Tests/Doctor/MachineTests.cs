using CourseLib.Notebooks.Doctor;

namespace CourseLib.Notebooks.Tests.Doctor;

public sealed class MachineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-doctor-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("10.0.100 [/usr/share/dotnet/sdk]\n", "Good")]
    [InlineData("8.0.404 [/a]\n11.0.100 [/a]\n", "Good")]
    [InlineData("8.0.404 [/usr/share/dotnet/sdk]\n9.0.10 [/x/10.0.1/sdk]\n", "Bad")]
    [InlineData("", "Bad")]
    [InlineData(null, "Bad")]
    public void The_SDK_is_of_version_10_or_later(string? list, string severity)
    {
        Finding finding = Machine.Sdk(list);
        Assert.Equal(severity, finding.Severity.ToString());
        Assert.Equal(severity == "Bad", finding.Remedy.Contains(".NET 10 SDK", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feed_without_the_package_says_what_to_run_and_an_older_copy_is_named()
    {
        string copy = Directory.CreateDirectory(Path.Combine(folder, "cache")).FullName;
        Assert.Contains("dotnet build -c Release", Machine.Feed(folder, "1.2.3", [copy]).Remedy, StringComparison.Ordinal);
        string package = Path.Combine(folder, "CourseLib.1.2.3.nupkg");
        File.WriteAllText(package, "");
        Assert.Equal(Severity.Good, Machine.Feed(folder, "1.2.3", []).Severity);
        Directory.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(package).AddHours(1));
        Assert.Equal(Severity.Good, Machine.Feed(folder, "1.2.3", [copy]).Severity);
        Directory.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(package).AddHours(-1));
        Finding stale = Machine.Feed(folder, "1.2.3", [copy]);
        Assert.Equal(Severity.Note, stale.Severity);
        Assert.Contains(copy, stale.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_are_found_where_editors_keep_them()
    {
        Assert.Equal(Severity.Note, Assert.Single(Machine.Hosts(folder, null)).Severity);
        _ = Directory.CreateDirectory(Path.Combine(folder, ".vscode", "extensions", "datafication.verso-notebook-1.2.0"));
        _ = Directory.CreateDirectory(Path.Combine(folder, ".vscode-server", "extensions", "ms-dotnettools.dotnet-interactive-vscode-1.0.7"));
        Assert.Equal(["datafication.verso-notebook-1.2.0", "ms-dotnettools.dotnet-interactive-vscode-1.0.7", "Jupyter with the kernel .net-csharp"],
            Machine.Hosts(folder, "Available kernels:\n  .net-csharp  /x\n").Select(finding => finding.Seen));
    }

    [Fact]
    public void What_is_missing_is_a_note_when_the_course_can_do_without_and_bad_when_not()
    {
        Assert.Equal(Severity.Good, Machine.Registers(512).Severity);
        Assert.Equal(Severity.Note, Machine.Registers(128).Severity);
        Assert.Equal(Severity.Note, Machine.Processors(1).Severity);
        Assert.Equal(Severity.Note, Machine.Node(null).Severity);
        Assert.Equal(Severity.Note, Machine.Free(1 << 20).Severity);
        Assert.Equal(Severity.Good, Machine.Data(null).Severity);
        Assert.Equal(Severity.Good, Machine.Data(folder).Severity);
        Assert.Equal(Severity.Bad, Machine.Data(Path.Combine(folder, "nowhere")).Severity);
    }

    [Fact]
    public void Every_remedy_stands_under_its_finding()
    {
        Finding[] findings = [.. Machine.Look(folder, folder, "1.2.3", (_, _) => null, folder)];
        Assert.Equal(2, findings.Count(finding => finding.Severity == Severity.Bad)); // no SDK, no package
        Assert.All(findings, finding => Assert.Equal(finding.Severity == Severity.Good, finding.Remedy.Length == 0));
        Assert.StartsWith("BAD   .NET SDK: none found", findings[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith(findings[0].Remedy, findings[0].ToString(), StringComparison.Ordinal);
    }
}
