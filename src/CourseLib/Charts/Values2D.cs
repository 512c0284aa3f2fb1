using CourseLib.Tensors;

namespace CourseLib.Charts;

/// <summary>A matrix of numbers for a heat map or contours; <c>double[,]</c>, <c>float[,]</c> and tensors of two dimensions convert to it. Row index first.</summary>
public readonly struct Values2D
{
    private readonly double[]? items;

    private Values2D(double[] items, int rows, int columns)
    {
        this.items = items;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The number of rows (along y).</summary>
    public int Rows { get; }

    /// <summary>The number of columns (along x).</summary>
    public int Columns { get; }

    /// <summary>The number in a row and a column.</summary>
    public double this[int row, int column] => Items[(row * Columns) + column];

    internal double[] Items => items ?? [];

    /// <summary>A matrix from its numbers row by row.</summary>
    /// <exception cref="ArgumentException">There are not rows · columns numbers.</exception>
    public static Values2D From(Values items, int rows, int columns) => rows > 0 && columns > 0 && items.Count == (long)rows * columns
        ? new Values2D(items.Items, rows, columns)
        : throw new ArgumentException($"Values2D.From: expected rows * columns = {rows} * {columns} numbers, got {items.Count}", nameof(items));

    /// <summary>Copies a matrix.</summary>
    /// <exception cref="ArgumentException">The tensor has not two axes.</exception>
    public static implicit operator Values2D(Tensor items) => items.Rank == 2
        ? From(items, items.Shape[0], items.Shape[1])
        : throw new ArgumentException($"Values2D: expected a tensor of two axes, got shape {items.Shape}", nameof(items));

    /// <summary>Samples f(x, y) at each pair of points: row i has y[i], column j has x[j].</summary>
    public static Values2D Sample(Func<double, double, double> f, Values x, Values y)
    {
        ArgumentNullException.ThrowIfNull(f);
        return From(Values.Of(y.SelectMany(v => x.Select(u => f(u, v)))), y.Count, x.Count);
    }

    /// <summary>Copies the matrix.</summary>
    public static implicit operator Values2D(double[,] items) => From(Values.Of(items.Cast<double>()), items.GetLength(0), items.GetLength(1));

    /// <summary>Copies the matrix.</summary>
    public static implicit operator Values2D(float[,] items) => From(Values.Of(items.Cast<float>()), items.GetLength(0), items.GetLength(1));

    internal Values2D Select(Func<double, double> map) => new([.. Items.Select(map)], Rows, Columns);
}
