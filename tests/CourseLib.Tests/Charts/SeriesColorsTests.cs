using CourseLib.Charts;

namespace CourseLib.Tests.Charts;

public class SeriesColorsTests
{
    [Fact]
    public void A_known_name_has_its_colour_whatever_stands_beside_it()
    {
        SeriesStyle alone = SeriesColors.Assign(["Adam"])["Adam"];
        SeriesStyle among = SeriesColors.Assign(["x", "y", "SGD", "z", "Adam"])["Adam"];
        Assert.Equal(alone, among);
        Assert.Equal(SeriesColors.Find("adam"), alone.Color);
    }

    [Fact]
    public void No_two_series_look_alike()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"series {i}"), "Adam", "Kaiming", "Glorot", "train"];
        IReadOnlyDictionary<string, SeriesStyle> styles = SeriesColors.Assign(names);
        Assert.Equal(names.Length, styles.Count);
        Assert.Equal(names.Length, styles.Values.Distinct().Count());
    }

    [Fact]
    public void A_name_can_be_registered()
    {
        SeriesColors.Register("a name of this test alone", "#123456");
        Assert.Equal("#123456", SeriesColors.Assign(["b", "A Name of this test alone"])["A Name of this test alone"].Color);
        Assert.Throws<ArgumentException>(() => SeriesColors.Register("n", "blue"));
    }
}
