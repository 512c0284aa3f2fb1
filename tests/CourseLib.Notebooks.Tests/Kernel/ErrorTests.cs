using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Kernel;

[Collection(SharedKernel.Name)]
public class ErrorTests(KernelFixture kernel)
{
    private static readonly string Version = CourseLib.Notebooks.Kernel.Library.Version;

    [Fact]
    public async Task All_errors_of_the_compiler_come_with_their_lines()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("var fine = 1;\nfine.Missing();\n\nstring s = 5;");
        Assert.Equal((CellStatus.Failed, "CompilationError", 2), (ran.Status, ran.Error!.Name, ran.Error.Line));
        Assert.Matches(@"\(2,6\): error CS1061: .*\n\(4,12\): error CS0029: ", ran.Error.Message);
    }

    [Fact]
    public async Task An_exception_comes_with_its_line_and_its_cells_but_no_machinery()
    {
        KernelFixture.Ran defined = await kernel.RunAsync("int Fail(int n)\n{\n    throw new InvalidOperationException(\"on purpose\");\n}");
        KernelFixture.Ran ran = await kernel.RunAsync("Console.WriteLine(\"first\");\n\nFail(1)");
        Assert.Equal(("System.InvalidOperationException", 3), (ran.Error!.Name, ran.Error.Line));
        Assert.Equal($"on purpose\nat cell [{defined.Number}], line 3\nat cell [{ran.Number}], line 3", ran.Error.Message);
        Assert.Equal("stream", (string?)ran.Outputs[0]!["output_type"]);
    }

    [Fact]
    public async Task Causes_are_named_and_wrappers_are_not()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("await Task.Yield();\nTask.Run(() => { throw new ArgumentException(\"outer\", new FormatException(\"inner\")); }).Wait();");
        Assert.Equal(("System.ArgumentException", "outer\ncaused by FormatException: inner"), (ran.Error!.Name, ran.Error.Message));
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("throw new FormatException()", "(no message: asking for it threw FormatException)")]
    public async Task An_exception_whose_own_message_is_broken_is_still_told(string message, string expected)
    {
        KernelFixture.Ran ran = await kernel.RunAsync($"class Broken : Exception {{ public override string Message => {message}; }}\nthrow new Broken();");
        Assert.Equal((2, expected), (ran.Error!.Line, ran.Error.Message));
    }

    [Fact]
    public async Task A_cancellation_that_a_cell_throws_is_its_own_error()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("\nthrow new OperationCanceledException(\"mine\");");
        Assert.Equal((CellStatus.Failed, "System.OperationCanceledException", "mine", 2), (ran.Status, ran.Error!.Name, ran.Error.Message, ran.Error.Line));
    }

    [Fact]
    public async Task An_error_of_the_library_leads_to_the_line_of_the_cell()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("using CourseLib.Tensors;\nvar m = Tensor.Ones(2, 3);\nm.MatMul(m)");
        Assert.Equal(3, ran.Error!.Line);
        Assert.Contains("MatMul", ran.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: Plotly.NET, 5.1.0\"", "package \"Plotly.NET\" is not available")]
    [InlineData("#r \"nuget: CourseLib\"", "names no version")]
    [InlineData("#r \"nuget: CourseLib, 99.0.0\"", "asks for CourseLib 99.0.0, this build is")]
    [InlineData("#r \"bin/own.dll\"", "expected a package or an absolute path")]
    [InlineData("#load \"other.csx\"", "#load is not available")]
    [InlineData("#!import \"other.ipynb\"", "#!import is a command that not every notebook host knows")]
    [InlineData("#i \"nuget: feed\"", "#i is a command that not every notebook host knows")]
    public async Task A_directive_that_not_every_host_knows_is_refused(string directive, string expected)
    {
        KernelFixture.Ran ran = await kernel.RunAsync("// a comment\n" + directive + "\n1");
        Assert.Equal(("DirectiveError", 2), (ran.Error!.Name, ran.Error.Line));
        Assert.Contains(expected, ran.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_line_leaves_the_other_lines_where_they_are()
    {
        KernelFixture.Ran ran = await kernel.RunAsync($"#r \"nuget:CourseLib,{Version}\" // the course\nusing CourseLib.Tensors;\nnoSuchName");
        Assert.Equal(3, ran.Error!.Line);
    }

    [Theory]
    [InlineData("namespace A { }")]
    [InlineData("static class E { public static int Twice(this int x) => 2 * x; }")]
    [InlineData("using var stream = new System.IO.MemoryStream();")]
    [InlineData("display(1);")]
    [InlineData("File.Exists(\"a\")")]
    [InlineData("class C { public string Name { get => field; set; } }")]
    public async Task What_not_every_host_compiles_is_an_error_here_too(string source) => Assert.Equal("CompilationError", (await kernel.RunAsync(source)).Error?.Name);
}
