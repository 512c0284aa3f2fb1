using System.Globalization;
using CourseLib.Display;

namespace CourseLib.Tests.Display;

public class TextTests
{
    [Theory]
    [InlineData("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;")]
    [InlineData("Причём 😀", "Причём 😀")]
    [InlineData(null, "")]
    public void Escapes_what_html_and_xml_do_not_allow(string? text, string expected) => Assert.Equal(expected, Html.Escape(text));

    [Fact]
    public void Control_characters_and_half_surrogates_are_replaced() => Assert.Equal("\uFFFDx\uFFFD", Html.Escape("\u0001x" + (char)0xD800));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.1f, "0.1")]
    [InlineData(60000.0, "60000")]
    [InlineData(1.0 / 3, "0.3333")]
    [InlineData(12345.678, "12346")]
    [InlineData(57.66504, "57.67")]
    [InlineData(1.23456e-7, "1.235e-7")]
    [InlineData(-1.5e20, "-1.5e20")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void Numbers_are_short_and_invariant(double value, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ru-RU");
            Assert.Equal(expected, Readable.Number(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Values_of_any_kind_are_readable()
    {
        Assert.Equal("[1, 2.5, NaN]", Readable.Value(new[] { 1, 2.5, double.NaN }));
        Assert.Equal("[0, 1, 2, 3, 4, 5, 6, 7, …]", Readable.Value(Enumerable.Range(0, 100)));
        Assert.Equal("(1, a, true)", Readable.Value((1, "a", true)));
        Assert.Equal("null", Readable.Value(null));
    }
}
