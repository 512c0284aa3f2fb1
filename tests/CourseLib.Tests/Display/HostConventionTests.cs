using System.Reflection;
using CourseLib.Course;
using CourseLib.Display;

namespace CourseLib.Tests.Display;

/// <summary>Acts as each host does, by reflection alone: what a host finds is what these tests find.</summary>
public class HostConventionTests
{
    [TypeFormatterSource(typeof(HtmlFormatterSource))]
    private class Shown
    {
        public virtual string ToHtml() => "<b>shown</b>";
    }

    private sealed class Inherited : Shown
    {
        public override string ToHtml() => "<b>inherited</b>";
    }

    public sealed class Silent;

    [Fact]
    public void Interactive_finds_the_attribute_by_its_simple_name() => Assert.Equal("<b>shown</b>", AsInteractive(new Shown(), "text/html"));

    [Fact]
    public void Interactive_finds_the_attribute_of_a_base_class() => Assert.Equal("<b>inherited</b>", AsInteractive(new Inherited(), "text/html"));

    [Fact]
    public void Verso_calls_ToHtml_by_its_name() => Assert.Equal("<b>shown</b>", AsVerso(new Shown()));

    [Fact]
    public void A_claim_shows_itself_alike_in_both_hosts()
    {
        Claim claim = Claim.Close("a.b", "one", 1, 1, 0, 2, "two");
        Assert.Equal(AsVerso(claim), AsInteractive(claim, "text/html"));
    }

    [Fact]
    public void A_formatter_declines_an_object_without_the_method()
    {
        StringWriter writer = new();
        Assert.False(MimeFormatter.Html.Format(new Silent(), writer));
        Assert.False(MimeFormatter.Html.Format(null, writer));
        Assert.Equal("", writer.ToString());
    }

    [Fact]
    public void An_error_inside_ToHtml_comes_out_as_it_is() =>
        Assert.Throws<InvalidOperationException>(() => MimeFormatter.Html.Format(new Failing(), TextWriter.Null));

    public sealed class Failing
    {
        public string ToHtml() => throw new InvalidOperationException("broken");
    }

    /// <summary>As Microsoft.DotNet.Interactive.Formatting does: attribute by name, source by its parameterless constructor, everything else by name.</summary>
    internal static string? AsInteractive(object value, string mimeType)
    {
        object attribute = value.GetType().GetCustomAttributes(inherit: true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        Type sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        string[] preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        Assert.Equal("text/html", preferred[0]);
        object source = Activator.CreateInstance(sourceType)!;
        IEnumerable<object> formatters = (IEnumerable<object>)sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)!.Invoke(source, null)!;
        foreach (object? formatter in formatters.Where(f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)! == mimeType))
        {
            StringWriter writer = new();
            MethodInfo format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
            Assert.Equal(typeof(bool), format.ReturnType);
            return (bool)format.Invoke(formatter, [value, writer])! ? writer.ToString() : null;
        }

        return null;
    }

    internal static string AsVerso(object value)
    {
        MethodInfo method = value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)!;
        Assert.Equal(typeof(string), method.ReturnType);
        return (string)method.Invoke(value, null)!;
    }
}
