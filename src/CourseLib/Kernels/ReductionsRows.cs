using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

// Reductions of a row-major [rows, columns] matrix along one of its axes.
public static unsafe partial class Reductions
{
    /// <summary>result[i] = sum of row i (torch: <c>sum(dim=1)</c>); result has one element for each row.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps the matrix.</exception>
    public static void SumRows(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> result, bool accumulate = false)
    {
        CheckMatrix(nameof(SumRows), matrix.Length, rows, columns, result.Length, rows);
        Requires.Apart($"{nameof(Reductions)}.{nameof(SumRows)}", nameof(result), result, nameof(matrix), matrix);
        fixed (float* px = matrix, py = result)
        {
            Workers.For(RowChunks(rows, columns), new RowSums(px, rows, columns, py, accumulate));
        }
    }

    /// <summary>result[j] = sum of column j (torch: <c>sum(dim=0)</c>, the gradient of a bias); result has one element for each column.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps the matrix.</exception>
    public static void SumColumns(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> result, bool accumulate = false)
    {
        CheckMatrix(nameof(SumColumns), matrix.Length, rows, columns, result.Length, columns);
        Requires.Apart($"{nameof(Reductions)}.{nameof(SumColumns)}", nameof(result), result, nameof(matrix), matrix);
        fixed (float* px = matrix, py = result)
        {
            ColumnSums.Run(px, rows, columns, py, accumulate);
        }
    }

    /// <summary>result[i] = largest element of row i; NaN when the row has one.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or rows have no elements.</exception>
    public static void MaxRows(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> result)
    {
        CheckMatrix(nameof(MaxRows), matrix.Length, rows, columns, result.Length, rows);
        for (int row = 0; row < rows; row++)
        {
            result[row] = Max(matrix.Slice(row * columns, columns));
        }
    }

    /// <summary>result[i] = index of the first largest element of row i.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or rows have no elements.</exception>
    public static void ArgMaxRows(ReadOnlySpan<float> matrix, int rows, int columns, Span<int> result)
    {
        CheckMatrix(nameof(ArgMaxRows), matrix.Length, rows, columns, result.Length, rows);
        for (int row = 0; row < rows; row++)
        {
            result[row] = ArgMax(matrix.Slice(row * columns, columns));
        }
    }

    // Rows are put together until a chunk is worth handing out.
    private static int RowsPerChunk(int columns) => Math.Max(1, Reduce.TaskLength / Math.Max(1, columns));

    private static int RowChunks(int rows, int columns) => rows == 0 ? 0 : Even.Parts(rows, RowsPerChunk(columns));

    private static void CheckMatrix(string operation, int length, int rows, int columns, int resultLength, int expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (length != (long)rows * columns)
        {
            throw new ArgumentException($"Reductions.{operation}: matrix has {length} elements, {rows} x {columns} needs {(long)rows * columns}.", "matrix");
        }
        if (resultLength != expected)
        {
            throw new ArgumentException($"Reductions.{operation}: result has {resultLength} elements, {expected} are needed.", "result");
        }
    }

    private readonly struct RowSums(float* matrix, int rows, int columns, float* result, bool accumulate) : IWork
    {
        public void Run(int chunk)
        {
            int perChunk = RowsPerChunk(columns);
            int start = chunk * perChunk;
            int end = Math.Min(start + perChunk, rows);
            for (int row = start; row < end; row++)
            {
                float sum = (float)Reduce.Sum(new UnaryElements<IdentityOperator>(matrix + ((nint)row * columns), default), columns);
                result[row] = accumulate ? result[row] + sum : sum;
            }
        }
    }
}
