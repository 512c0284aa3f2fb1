using System.Text.Json.Nodes;
using System.Xml.Linq;
using CourseLib.Charts;
using CourseLib.Charts.Layout;

namespace CourseLib.Tests.Charts;

public class GraphTests
{
    [Fact]
    public void Every_arrow_leads_to_the_right_and_nodes_of_a_column_keep_their_distance()
    {
        Random random = new(4);
        for (int trial = 0; trial < 50; trial++)
        {
            int count = 2 + random.Next(14);
            GraphEdge[] edges = [.. Enumerable.Range(0, 2 * count).Select(_ => (From: random.Next(count - 1), Step: 1 + random.Next(4)))
                .Where(pair => pair.From + pair.Step < count).Select(pair => new GraphEdge(pair.From, pair.From + pair.Step))];
            GraphLayout layout = new(count, edges);
            Assert.All(edges, edge => Assert.True(layout.Place(edge.From).X < layout.Place(edge.To).X));
            Assert.All(Enumerable.Range(0, edges.Length), i => Assert.All(layout.PlacesOn(i).Zip(layout.PlacesOn(i).Skip(1)), step => Assert.Equal(1, step.Second.X - step.First.X)));
            foreach (IGrouping<double, (double X, double Y)> column in Enumerable.Range(0, count).Select(layout.Place).GroupBy(place => place.X))
            {
                double[] rows = [.. column.Select(place => place.Y).Order()];
                Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.Second - pair.First > 1 - 1e-9));
                Assert.InRange(rows[0], -1e-9, layout.LastRow);
            }
        }
    }

    [Fact]
    public void A_source_stands_beside_the_first_node_that_uses_it()
    {
        // 0 -> 1 -> 2 -> 3, and 4 used by 3 alone.
        GraphLayout layout = new(5, [new(0, 1), new(1, 2), new(2, 3), new(4, 3)]);
        Assert.Equal([0, 1, 2, 3, 2], Enumerable.Range(0, 5).Select(i => layout.Place(i).X));
        Assert.Equal(4, layout.Columns);
    }

    [Fact]
    public void A_tree_has_no_crossings_whatever_the_order_of_its_nodes()
    {
        // ((0 5) (3 1)): leaves 0, 5 go to 2, leaves 3, 1 to 6, both to 4.
        GraphLayout layout = new(7, [new(3, 6), new(0, 2), new(2, 4), new(1, 6), new(6, 4), new(5, 2)]);
        double[] twos = [layout.Place(0).Y, layout.Place(5).Y], sixes = [layout.Place(3).Y, layout.Place(1).Y];
        Assert.True(twos.Max() < sixes.Min() || sixes.Max() < twos.Min());
    }

    [Fact]
    public void Texts_stand_in_both_pictures_and_are_escaped()
    {
        Figure figure = Chart.Graph([new("a<b", IsLeaf: true), new("×")], [new(0, 1, "0.5", "-2"), new(0, 1, "0.25", "4")]).Title("t");
        string[] expected = ["a<b", "×", "0.5", "-2", "0.25", "4"];
        string[] drawn = [.. XDocument.Parse(figure.ToSvg()).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Equal(expected.Order(), drawn.Where(text => text != "t").Order());
        string[] interactive = [.. JsonNode.Parse(figure.ToPlotlyJson())!["data"]!.AsArray().Where(trace => (string)trace!["mode"]! == "text")
            .SelectMany(trace => trace!["text"]!.AsArray().Select(text => (string)text!))];
        Assert.Equal(expected.Select(text => text.Replace("<", "&lt;", StringComparison.Ordinal)).Order(), interactive.Order());
    }

    [Fact]
    public void Arrows_between_the_same_nodes_do_not_cover_each_other()
    {
        JsonNode lines = JsonNode.Parse(Chart.Graph([new("u", IsLeaf: true), new("×")], [new(0, 1), new(0, 1)]).ToPlotlyJson())!["data"]![0]!;
        double?[] rows = [.. lines["y"]!.AsArray().Select(y => (double?)y)];
        int gap = Array.IndexOf(rows, null);
        Assert.True(Math.Abs(rows[1]!.Value - rows[gap + 2]!.Value) > 0.15);
    }

    [Fact]
    public void What_is_no_graph_without_cycles_is_refused()
    {
        GraphNode[] two = [new("a"), new("b")];
        Assert.Contains("at least one node", Assert.Throws<ArgumentException>(() => Chart.Graph([], [])).Message, StringComparison.Ordinal);
        Assert.Contains("nodes 0 to 1, got one from 0 to 2", Assert.Throws<ArgumentException>(() => Chart.Graph(two, [new(0, 2)])).Message, StringComparison.Ordinal);
        Assert.Contains("without cycles", Assert.Throws<ArgumentException>(() => Chart.Graph(two, [new(0, 1), new(1, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("without cycles", Assert.Throws<ArgumentException>(() => Chart.Graph(two, [new(0, 0)])).Message, StringComparison.Ordinal);
    }
}
