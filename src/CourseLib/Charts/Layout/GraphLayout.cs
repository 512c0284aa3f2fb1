namespace CourseLib.Charts.Layout;

/// <summary>
/// Places a graph without cycles from left to right, in layers as by Sugiyama, Tagawa and Toda (1981): a node's column is its longest way from a source, arrows over
/// several columns get a bend in each, orders with fewer crossings are kept, and rows are drawn towards the mean of their neighbours.
/// </summary>
internal sealed class GraphLayout
{
    private const int Sweeps = 24;

    private readonly List<int> column = [];
    private readonly List<List<int>> before = [];
    private readonly List<List<int>> after = [];
    private readonly List<List<int>> layers = [];
    private readonly List<double> row = [];
    private readonly List<int[]> routes = [];

    public GraphLayout(int count, IReadOnlyList<GraphEdge> edges)
    {
        foreach (int _ in Enumerable.Range(0, count))
        {
            AddVertex(0);
        }

        FindColumns(count, edges);
        foreach (GraphEdge edge in edges)
        {
            Route(edge);
        }

        FindOrders(count);
        FindRows();
    }

    /// <summary>The number of columns.</summary>
    public int Columns => layers.Count;

    /// <summary>The lowest row; the topmost is 0.</summary>
    public double LastRow => row.DefaultIfEmpty(0).Max();

    /// <summary>The column and the row of a node.</summary>
    public (double X, double Y) Place(int node) => (column[node], row[node]);

    /// <summary>The places that an arrow goes through, both its ends included.</summary>
    public (double X, double Y)[] PlacesOn(int edge) => [.. routes[edge].Select(Place)];

    private int AddVertex(int at)
    {
        column.Add(at);
        row.Add(0);
        before.Add([]);
        after.Add([]);
        return column.Count - 1;
    }

    private void FindColumns(int count, IReadOnlyList<GraphEdge> edges)
    {
        // Each round moves what is too far left; a graph without cycles is done after as many rounds as it has nodes.
        bool moved = true;
        for (int round = 0; moved; round++)
        {
            if (round > count)
            {
                throw new ArgumentException("Chart.Graph: expected a graph without cycles, got one in which arrows lead back to where they began", nameof(edges));
            }

            moved = false;
            foreach (GraphEdge edge in edges.Where(edge => column[edge.To] <= column[edge.From]))
            {
                column[edge.To] = column[edge.From] + 1;
                moved = true;
            }
        }

        // A source stands beside the first node that uses it.
        foreach (int source in Enumerable.Range(0, count).Except(edges.Select(edge => edge.To)).ToArray())
        {
            column[source] = edges.Where(edge => edge.From == source).Select(edge => column[edge.To] - 1).DefaultIfEmpty(0).Min();
        }
    }

    private void Route(GraphEdge edge)
    {
        List<int> route = [edge.From];
        for (int at = column[edge.From] + 1; at < column[edge.To]; at++)
        {
            route.Add(AddVertex(at));
        }

        route.Add(edge.To);
        foreach ((int from, int to) in route.Zip(route.Skip(1)))
        {
            after[from].Add(to);
            before[to].Add(from);
        }

        routes.Add([.. route]);
    }

    // Depth first from the results, inputs in their order: a tree comes out without crossings.
    private void FindOrders(int count)
    {
        layers.AddRange(Enumerable.Range(0, column.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<int>()));
        HashSet<int> seen = [];
        void Visit(int vertex)
        {
            if (seen.Add(vertex))
            {
                layers[column[vertex]].Add(vertex);
                before[vertex].ForEach(Visit);
            }
        }

        foreach (int sink in Enumerable.Range(0, count).Where(node => after[node].Count == 0))
        {
            Visit(sink);
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            List<List<int>> neighbours = sweep % 2 == 0 ? after : before;
            foreach (int layer in sweep % 2 == 0 ? Enumerable.Range(0, layers.Count).Reverse() : Enumerable.Range(0, layers.Count))
            {
                int[] old = [.. layers[layer]];
                int crossings = Crossings();
                layers[layer] = [.. old.OrderBy(vertex => neighbours[vertex].Select(Index).DefaultIfEmpty(Array.IndexOf(old, vertex)).Average())];
                layers[layer] = Crossings() < crossings ? layers[layer] : [.. old];
            }
        }
    }

    private double Index(int vertex) => layers[column[vertex]].IndexOf(vertex);

    private int Crossings()
    {
        int crossings = 0;
        foreach (List<int> layer in layers)
        {
            (double From, double To)[] lines = [.. layer.SelectMany(vertex => after[vertex].Select(next => (Index(vertex), Index(next))))];
            crossings += lines.Sum(a => lines.Count(b => a.From < b.From && a.To > b.To));
        }

        return crossings;
    }

    private void FindRows()
    {
        foreach (List<int> layer in layers)
        {
            layer.ForEach(vertex => row[vertex] = Index(vertex) - ((layer.Count - 1) / 2.0));
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (List<int> layer in sweep % 2 == 0 ? layers : Enumerable.Reverse(layers))
            {
                double[] wished = [.. layer.Select((vertex, i) => before[vertex].Concat(after[vertex]).Select(other => row[other]).DefaultIfEmpty(row[vertex]).Average() - i)];
                double[] rising = Rising(wished);
                for (int i = 0; i < layer.Count; i++)
                {
                    row[layer[i]] = rising[i] + i;
                }
            }
        }

        double top = row.DefaultIfEmpty(0).Min();
        for (int vertex = 0; vertex < row.Count; vertex++)
        {
            row[vertex] -= top;
        }
    }

    // The nearest sequence that does not fall (pool adjacent violators); with i added, neighbours are at least one row apart.
    private static double[] Rising(double[] wished)
    {
        Stack<(double Mean, int Count)> blocks = new();
        foreach (double wish in wished)
        {
            (double mean, int count) = (wish, 1);
            while (blocks.TryPeek(out (double Mean, int Count) last) && last.Mean > mean)
            {
                (mean, count) = (((last.Mean * last.Count) + (mean * count)) / (last.Count + count), last.Count + count);
                blocks.Pop();
            }

            blocks.Push((mean, count));
        }

        return [.. blocks.Reverse().SelectMany(block => Enumerable.Repeat(block.Mean, block.Count))];
    }
}
