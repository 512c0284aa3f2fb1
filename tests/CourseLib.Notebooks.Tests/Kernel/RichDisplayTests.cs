using System.Text.Json.Nodes;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Kernel;

[Collection(SharedKernel.Name)]
public class RichDisplayTests(KernelFixture kernel)
{
    // The attribute is found by its simple name, so one declared in a cell will do.
    private const string Figure = """
        class TypeFormatterSourceAttribute(Type type) : Attribute { public Type FormatterSourceType { get; } = type; }
        class JsonFormatter { public string MimeType => "application/vnd.plotly.v1+json"; public bool Format(object o, System.IO.TextWriter w) { w.Write("{\"data\":[1.5]}"); return true; } }
        class NoFormatter { public string MimeType => "text/x-none"; public bool Format(object o, System.IO.TextWriter w) => false; }
        class FigureSource { public IEnumerable<object> CreateTypeFormatters() => new object[] { new JsonFormatter(), new NoFormatter() }; }
        [TypeFormatterSource(typeof(FigureSource))]
        class Picture { public string ToHtml() => "<svg>\n</svg>"; public override string ToString() => "a picture"; }
        """;

    [Fact]
    public async Task An_object_that_shows_itself_offers_html_text_and_what_its_formatters_make()
    {
        await kernel.TextsAsync(Figure);
        JsonObject data = (await kernel.RunAsync("new Picture()")).Outputs[0]!["data"]!.AsObject();
        Assert.Equal(["text/html", "application/vnd.plotly.v1+json", "text/plain"], data.Select(entry => entry.Key));
        Assert.Equal("<svg>\n</svg>", NotebookText.Join(data["text/html"]));
        Assert.Equal("a picture", NotebookText.Join(data["text/plain"]));
        Assert.Equal("""{"data":[1.5]}""", data["application/vnd.plotly.v1+json"]!.ToJsonString());
    }

    [Fact]
    public async Task The_librarys_own_types_show_themselves()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("CourseLib.Tensors.Tensor.Ones(2, 3)");
        Assert.Contains("<table", NotebookText.Join(ran.Outputs[0]!["data"]!["text/html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_shows_itself_as_null_is_an_empty_text()
    {
        KernelFixture.Ran ran = await kernel.RunAsync("class Void { public string ToHtml() => null; public override string ToString() => null; }\nnew Void()");
        Assert.Equal("""{"text/plain":[]}""", ran.Outputs.Single()!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task An_object_that_cannot_show_itself_is_a_shown_error()
    {
        await kernel.TextsAsync("class Mute { public string ToHtml() => throw new InvalidOperationException(\"nothing to show\"); }");
        KernelFixture.Ran atEnd = await kernel.RunAsync("new Mute()");
        Assert.Equal(("System.InvalidOperationException", "nothing to show"), (atEnd.Error!.Name, atEnd.Error.Message.Split('\n')[0]));
        KernelFixture.Ran inMiddle = await kernel.RunAsync("var ok = 1;\nnew Mute().Display();\nok");
        Assert.Equal(2, inMiddle.Error!.Line);
        Assert.Equal(["value:2"], await kernel.TextsAsync("1 + 1"));
    }
}
