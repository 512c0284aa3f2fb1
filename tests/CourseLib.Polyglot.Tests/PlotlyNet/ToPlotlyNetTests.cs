using System.Globalization;
using System.Reflection;
using CourseLib.Charts;
using CourseLib.Interactive.PlotlyNet;
using Plotly.NET;
using Chart = CourseLib.Charts.Chart;
using Figure = CourseLib.Charts.Figure;

namespace CourseLib.Polyglot.Tests.PlotlyNet;

/// <summary>A figure as a chart of Plotly.NET says the same to plotly.js as the figure does.</summary>
public class ToPlotlyNetTests
{
    public static TheoryData<string> Names => [.. EveryKind.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Traces_layout_and_configuration_are_equal_property_by_property(string name)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new("ru-RU");
        try
        {
            Figure figure = EveryKind.All.First(entry => entry.Name == name).Figure;
            JsonDifferences differences = JsonDifferences.Between(figure.ToPlotlyJson(), GenericChart.toJson(figure.ToPlotlyNet()));
            Assert.Empty(differences.Found);
            Assert.True(differences.Compared > 60, FormattableString.Invariant($"{differences.Compared} values compared"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_member_that_makes_a_figure_is_among_them()
    {
        IEnumerable<string> members = new[] { typeof(Chart), typeof(RaceChart) }.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static))
            .Where(member => member is MethodInfo { IsSpecialName: false } method && method.ReturnType == typeof(Figure) || member is PropertyInfo property && property.PropertyType == typeof(Figure))
            .Select(member => member.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(EveryKind.ByMember.Keys.Order(StringComparer.Ordinal), members);
    }

    /// <summary>The comparison sees a value that changed, is missing or was added, wherever it stands.</summary>
    [Theory]
    [InlineData("\"width\":720", "\"width\":721", "$.layout.width: expected 720, got 721")]
    [InlineData("\"displaylogo\":false", "\"displaylogo\":0", "$.config.displaylogo: expected false, got 0")]
    [InlineData("\"mode\":\"lines\",", "", "$.data[0].mode is missing")]
    [InlineData("\"mode\":", "\"other\":1,\"mode\":", "$.data[0].other is not expected")]
    [InlineData("[1.0,4.0,2.5]", "[1.0,4.0,2.6]", "$.data[0].y[2]: expected 2.5, got 2.6")]
    [InlineData("[1.0,4.0,2.5]", "[1.0,4.0]", "$.data[0].y: expected [1,4,2.5], got [1.0,4.0]")]
    [InlineData("[1.0,4.0,2.5]", "[1.0,4.0,null]", "$.data[0].y[2]: expected 2.5, got null")]
    public void A_difference_is_found(string from, string to, string expected)
    {
        Figure figure = Chart.Line([1, 2, 3], [1, 4, 2.5], "a");
        string json = GenericChart.toJson(figure.ToPlotlyNet());
        Assert.Contains(from, json, StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Single(JsonDifferences.Between(figure.ToPlotlyJson(), json.Replace(from, to, StringComparison.Ordinal)).Found));
    }

    [Fact]
    public void Traces_are_of_the_kind_that_the_styling_methods_know() =>
        Assert.All(EveryKind.All.Where(entry => entry.Name != nameof(Chart.Empty)), entry => Assert.Equal(TraceID.Cartesian2D, GenericChart.getTraceID(entry.Figure.ToPlotlyNet())));

    [Fact]
    public void Without_a_figure_there_is_no_chart() => Assert.Equal("figure", Assert.Throws<ArgumentNullException>(() => ((Figure)null!).ToPlotlyNet()).ParamName);
}
