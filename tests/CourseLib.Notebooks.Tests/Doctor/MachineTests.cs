using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CourseLib.Data;
using CourseLib.Notebooks.Doctor;

namespace CourseLib.Notebooks.Tests.Doctor;

public sealed class MachineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-doctor-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("10.0.100 [/usr/share/dotnet/sdk]\n", "Good", "10.0.100")]
    [InlineData("8.0.404 [/a]\r\n10.0.401 [/a]\r\n11.0.100 [/a]\r\n", "Good", "10.0.401")]
    [InlineData("11.0.100-rc.1.2 [/a]\n", "Bad", "only 11.0.100-rc.1.2")]
    [InlineData("8.0.404 [/usr/share/dotnet/sdk]\n9.0.10 [/x/10.0.1/sdk]\n", "Bad", "only 8.0.404, 9.0.10")]
    [InlineData("", "Bad", "none found")]
    [InlineData(null, "Bad", "none found")]
    public void The_SDK_is_the_one_that_global_json_takes(string? list, string severity, string seen)
    {
        Finding finding = Machine.Sdk(list);
        Assert.Equal((severity, seen), (finding.Severity.ToString(), finding.Seen));
        Assert.Equal(severity == "Bad", finding.Remedy.Contains(".NET 10 SDK", StringComparison.Ordinal));
    }

    [Fact]
    public void A_root_of_dotnet_without_an_SDK_is_named()
    {
        Assert.Null(Machine.DotnetRoot(null));
        Assert.Contains("has no SDK", Machine.DotnetRoot(folder)!.Seen, StringComparison.Ordinal);
        _ = Directory.CreateDirectory(Path.Combine(folder, "sdk"));
        Assert.Null(Machine.DotnetRoot(folder));
    }

    [Fact]
    public void A_feed_without_the_package_says_what_to_run_and_a_copy_of_another_build_is_named()
    {
        Assert.Contains("dotnet build -c Release", Machine.Feed(folder, "1.2.3", []).Remedy, StringComparison.Ordinal);
        string package = Path.Combine(folder, "CourseLib.1.2.3.nupkg");
        using (ZipArchive archive = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            using StreamWriter library = new(archive.CreateEntry("lib/net10.0/CourseLib.dll").Open());
            library.Write("this build");
        }

        string nuget = Copy("nuget", "courselib.1.2.3.nupkg.sha512", Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(package))));
        string verso = Copy("verso", "CourseLib.dll", "this build");
        Assert.Equal(Severity.Good, Machine.Feed(folder, "1.2.3", [nuget, verso, Copy("empty", "x", "")]).Severity);
        foreach (string stale in new[] { Copy("old-nuget", "courselib.1.2.3.nupkg.sha512", "of another"), Copy("old-verso", "CourseLib.dll", "that build") })
        {
            Finding finding = Machine.Feed(folder, "1.2.3", [nuget, verso, stale]);
            Assert.Equal(Severity.Note, finding.Severity);
            Assert.Contains(stale, finding.Seen, StringComparison.Ordinal);
            Assert.Contains("restart the kernels", finding.Remedy, StringComparison.Ordinal);
        }

        string Copy(string name, string file, string content)
        {
            string copy = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            File.WriteAllText(Path.Combine(copy, file), content);
            return copy;
        }
    }

    [Fact]
    public void Hosts_are_found_where_editors_keep_them()
    {
        Assert.Equal(Severity.Note, Assert.Single(NotebookHosts.Find(folder, null, null)).Severity);
        Extension(".vscode", "datafication.verso-notebook-1.2.3");
        Extension(".vscode", "datafication.verso-notebook-1.0.17"); // what an update left
        Extension(".vscode", "somebody.else-9.9.9");
        Extension(".vscode-server", "ms-dotnettools.dotnet-interactive-vscode-1.0.7120010");
        Finding[] found = [.. NotebookHosts.Find(folder, "Available kernels:\n  .net-csharp  /x\n", "Package Id      Version      Commands\n---\nverso.cli       1.2.3        verso\n")];
        Assert.Equal(["Verso 1.2.3 in VS Code", "Polyglot Notebooks 1.0.7120010 in VS Code", "Verso 1.2.3 in the browser (verso serve)", "Jupyter with the kernel .net-csharp"], found.Select(finding => finding.Seen));
        Assert.All(found, finding => Assert.Equal(Severity.Good, finding.Severity));
    }

    [Fact]
    public void A_host_that_is_too_old_is_to_be_updated()
    {
        Extension(".vscode-insiders", "datafication.verso-notebook-1.0.17-linux-x64");
        Extension(".vscode-oss", "ms-dotnettools.dotnet-interactive-vscode-1.0.6323010");
        Finding[] found = [.. NotebookHosts.Find(folder, "", "")];
        Assert.Equal(["Verso 1.0.17 in VS Code", "Polyglot Notebooks 1.0.6323010 in VS Code"], found.Select(finding => finding.Seen));
        Assert.All(found, finding => Assert.Contains("update the extension", finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Data_are_what_a_notebook_would_load()
    {
        Assert.Equal(Severity.Good, Machine.Data(Digits.LoadShipped).Severity);
        Finding missing = Machine.Data(() => Digits.Load(Path.Combine(folder, "nowhere")));
        Assert.Equal(Severity.Bad, missing.Severity);
        Assert.Contains("nowhere does not exist", missing.Seen, StringComparison.Ordinal);
        Assert.Contains("has no digits", Machine.Data(() => Digits.Load(folder)).Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(512, Architecture.X64, Architecture.X64, "Good")]
    [InlineData(128, Architecture.X64, Architecture.X64, "Note")]
    [InlineData(128, Architecture.Arm64, Architecture.Arm64, "Good")]
    [InlineData(0, Architecture.Arm64, Architecture.Arm64, "Note")]
    [InlineData(256, Architecture.X64, Architecture.Arm64, "Note")]
    public void Registers_are_as_wide_as_the_processor_has_them(int bits, Architecture process, Architecture system, string severity) =>
        Assert.Equal(severity, Machine.Registers(bits, process, system).Severity.ToString());

    [Fact]
    public void What_is_missing_is_a_note_when_the_course_can_do_without_and_bad_when_not()
    {
        Assert.Equal(Severity.Note, Machine.Processors(1).Severity);
        Assert.Equal(Severity.Note, Machine.Node(null).Severity);
        Assert.Equal(Severity.Note, Machine.Free(1 << 20).Severity);
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

    private void Extension(string editor, string name) => _ = Directory.CreateDirectory(Path.Combine(folder, editor, "extensions", name));
}
