using CourseLib.Notebooks.Kernel;

namespace CourseLib.Notebooks.Tests.Kernel;

/// <summary>What a cell may use in every host, it may use here.</summary>
[Collection(SharedKernel.Name)]
public class CellTests(KernelFixture kernel)
{
    [Fact]
    public async Task A_cell_with_the_line_ends_of_Windows_is_the_same_cell() => Assert.Equal(["value:42"],
        await kernel.TextsAsync($"#r \"nuget: CourseLib, {Library.Version}\"\r\nusing System.Text;\r\n\r\nint six = 6; // a comment\r\nsix * 7\r\n"));

    [Fact]
    public async Task Variables_functions_types_and_usings_persist()
    {
        Assert.Empty(await kernel.TextsAsync("using System.IO;\nvar one = 1; record Pair(int A, int B); int Twice(int x) => 2 * x;"));
        Assert.Equal(["value:Pair { A = 2, B = 1 }"], await kernel.TextsAsync("Path.Combine(\"a\", \"b\"); new Pair(Twice(one), one)"));
    }

    [Fact]
    public async Task Variables_and_types_can_be_redefined()
    {
        await kernel.TextsAsync("var thing = 1; class Shape { public string Name => \"old\"; }");
        Assert.Equal(["value:(again, new)"], await kernel.TextsAsync("var thing = \"again\"; class Shape { public string Name => \"new\"; }\n$\"({thing}, {new Shape().Name})\""));
    }

    [Fact]
    public async Task A_cell_may_await()
    {
        Assert.Equal(["stdout:before\nafter\n", "value:7"], await kernel.TextsAsync("Console.WriteLine(\"before\"); var seven = await Task.Run(async () => { await Task.Delay(1); return 7; }); Console.WriteLine(\"after\");\nseven"));
    }

    [Theory]
    [InlineData("var quiet = 5;")]
    [InlineData("5.ToString();")]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("Console.Write(\"\")")]
    [InlineData("await Task.CompletedTask")]
    public async Task A_statement_shows_nothing(string source) => Assert.Empty(await kernel.TextsAsync(source));

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("(object)null", "null")]
    [InlineData("\"plain \\\"text\\\"\"", "plain \"text\"")]
    [InlineData("1.5f", "1.5")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("'c'", "c")]
    [InlineData("DayOfWeek.Friday", "Friday")]
    [InlineData("(1, \"a\", 2.5)", "(1, \"a\", 2.5)")]
    [InlineData("new[] { 1.5, 2 }", "[1.5, 2]")]
    [InlineData("new List<string> { \"a\" }", "[\"a\"]")]
    [InlineData("new double[,] { { 1, 2 }, { 3, 4.5 } }", "[[1, 2],\n [3, 4.5]]")]
    [InlineData("new Dictionary<string, double> { [\"a\"] = 0.5 }", "{\"a\": 0.5}")]
    [InlineData("Enumerable.Range(0, 102).ToArray()", "2 more]")]
    [InlineData("System.Linq.Enumerable.Range(0, int.MaxValue).Select(i => 7)", "7, …]")]
    [InlineData("new { A = 1 }", "{ A = 1 }")]
    public async Task The_last_expression_is_shown(string source, string expected) =>
        Assert.EndsWith(expected, Assert.Single(await kernel.TextsAsync(source)), StringComparison.Ordinal);

    [Fact]
    public async Task Console_and_displays_keep_their_order() => Assert.Equal(
        ["stdout:a\nb", "shown:1", "stderr:oops\n", "stdout:c\n", "shown:[2]", "value:3"],
        await kernel.TextsAsync("Console.WriteLine(\"a\"); Console.Write(\"b\"); 1.Display(); Console.Error.WriteLine(\"oops\"); Console.WriteLine(\"c\"); new[] { 2 }.Display();\n3"));

    [Fact]
    public async Task Of_a_line_that_is_drawn_again_the_last_state_is_left() =>
        Assert.Equal(["stdout:100%\ndone\n"], await kernel.TextsAsync("for (var i = 0; i <= 100; i += 50) Console.Write($\"\\r{i}%\");\nConsole.Write(\"\\ndone\\r\\n\");"));

    [Fact]
    public async Task A_cell_that_prints_without_end_is_cut()
    {
        string text = Assert.Single(await kernel.TextsAsync("for (var i = 0; i < 300_000; i++) Console.Write(\"1234567890\");"));
        Assert.InRange(text.Length, 1_000_000, 1_100_000);
        Assert.EndsWith("more than 1000000 characters\n", text, StringComparison.Ordinal);
        Assert.Equal(["stdout:again\n"], await kernel.TextsAsync("Console.WriteLine(\"again\");"));
    }

    [Fact]
    public async Task A_cell_that_shows_things_without_end_is_cut()
    {
        string[] shown = await kernel.TextsAsync("var much = new string('x', 1_000_000); for (var i = 0; i < 25; i++) much.Display();");
        Assert.Equal(19, shown.Count(text => text.StartsWith("shown:", StringComparison.Ordinal)));
        Assert.Equal("stderr:… cut: the cell showed more than 20000000 characters\n", shown[^1]);
        Assert.Equal(["value:1"], await kernel.TextsAsync("1"));
    }

    [Fact]
    public async Task A_console_that_a_cell_redirects_is_back_for_the_next_cell()
    {
        Assert.Empty(await kernel.TextsAsync("var caught = new System.IO.StringWriter(); Console.SetOut(caught); Console.Write(5);"));
        Assert.Equal(["stdout:again", "value:5"], await kernel.TextsAsync("Console.Write(\"again\");\ncaught"));
    }

    [Fact]
    public async Task Numbers_are_shown_alike_in_every_culture()
    {
        await kernel.TextsAsync("System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new System.Globalization.CultureInfo(\"ru-RU\");");
        Assert.Equal(["stdout:1,5\n", "value:[1.5, 2.5]"], await kernel.TextsAsync("Console.WriteLine($\"{1.5}\");\nnew[] { 1.5, 2.5 }"));
        Assert.Contains("error CS0103: The name", (await kernel.RunAsync("noSuchName")).Error!.Message, StringComparison.Ordinal);
        await kernel.TextsAsync("System.Globalization.CultureInfo.DefaultThreadCurrentCulture = null;");
    }

    [Fact]
    public async Task Paths_are_relative_to_the_notebooks_folder_and_the_input_is_empty() => Assert.Equal(
        ["value:True"],
        await kernel.TextsAsync("System.IO.File.Exists(\"course.dll\") && Console.ReadLine() is null && Environment.GetEnvironmentVariable(\"COURSELIB_THREADS\") == \"1\""));
}
