using System.Diagnostics;

namespace CourseLib.Tests.Architecture;

/// <summary>.ci/run counts, and fails when it should: run in a small repository of its own with a stand-in for dotnet.</summary>
public class ContinuousIntegrationTests
{
    private const string Pass = """<UnitTestResult testName="N.C.Good(s: &quot;a &gt; (b)&quot;)" outcome="Passed" />""";
    private const string Fail = """<UnitTestResult testName="N.C.Bad" outcome="Failed"><Output /></UnitTestResult>""";
    private const string Skip = """<UnitTestResult testName="N.C.Needs_a_browser(page: 1)" outcome="NotExecuted"><Output /></UnitTestResult>""";

    [Theory]
    [InlineData(Pass + Pass, "", 0, 0, "2 passed, 0 failed, 0 skipped", 0)]
    [InlineData(Pass + Fail, "", 0, 0, "1 passed, 1 failed, 0 skipped", 1)]
    [InlineData(Pass + Skip, "", 0, 0, "1 passed, 0 failed, 1 skipped", 1)]
    [InlineData(Pass + Skip, "N.C.Needs_a_browser chromium is optional", 0, 0, "1 passed, 0 failed, 1 skipped", 0)]
    [InlineData(Pass + Skip, "N.C.Needs_a_browser", 0, 0, "1 passed, 0 failed, 1 skipped", 1)]
    [InlineData(Pass + Skip, "# N.C.Needs_a_browser chromium is optional", 0, 0, "1 passed, 0 failed, 1 skipped", 1)]
    [InlineData(Pass, "", 1, 0, "1 passed, 0 failed, 0 skipped", 1)]
    [InlineData(Pass, "", 0, 1, "1 passed, 0 failed, 0 skipped", 1)]
    [InlineData("", "", 0, 0, "0 passed, 0 failed, 0 skipped", 1)]
    [InlineData(null, "", 0, 0, "0 passed, 1 failed, 0 skipped", 1)]
    public async Task The_script_counts_and_judges(string? results, string skips, int testExit, int runExit, string lastLine, int exit)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // The script asks for GNU's sed and a bash of this decade.
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("courselib-ci-");
        try
        {
            Write(".ci/run", File.ReadAllText(Repository.Full(".ci/run")));
            Write("tests/A/A.csproj", "");
            Write("tests/skips.txt", $"# with leave\n{skips}\n");
            Write("results.xml", $"<TestRun>\n{results}\n</TestRun>");
            string leaveResults = results is null ? ":" : "mkdir -p artifacts/test-results/A && cp results.xml artifacts/test-results/A/results.trx";
            Write("bin/dotnet", $$"""
                #!/usr/bin/env bash
                case $* in
                  test) {{leaveResults}}; exit {{testExit}} ;;
                  "run -c Release --project src/CourseLib.Notebooks -- run --report artifacts/report.json")
                    mkdir -p artifacts/book && echo {} > artifacts/report.json && echo page > artifacts/book/index.html; exit {{runExit}} ;;
                  --version) echo stand-in ;;
                  *) echo "unexpected: $*"; exit 9 ;;
                esac
                """);
            File.SetUnixFileMode(Path.Combine(folder.FullName, "bin/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            ProcessStartInfo start = new("bash", [Path.Combine(folder.FullName, ".ci/run")]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PATH"] = $"{Path.Combine(folder.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
            using Process process = Process.Start(start)!;
            Task<string> complaints = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(lastLine == output.TrimEnd().Split('\n')[^1] && exit == process.ExitCode, $"exit {process.ExitCode}\n{output}{await complaints}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string path, string text)
        {
            string full = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text.ReplaceLineEndings("\n"));
        }
    }
}
