using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>Every number of rows and of columns from 1 to 67 for what works along rows: softmax and its kin, layer normalisation, sums.</summary>
public class RowSizesTests
{
    private const int Most = 67;

    // What exp and log add: 3 units in the last place each, and the operations around them.
    private const int Around = 12;

    [Fact]
    public void Softmax_and_cross_entropy() => Each((rows, columns, seed) =>
    {
        Guarded x = Guarded.Normal(rows * columns, seed), dy = Guarded.Normal(rows * columns, seed + 1), targets = new([.. Enumerable.Range(0, rows).Select(i => (float)(i * 7 % columns))], seed & 3);
        Guarded soft = Guarded.Output(x.Length, seed + 1), log = Guarded.Output(x.Length, seed + 2), losses = Guarded.Output(rows, seed), gradient = Guarded.Output(x.Length, seed + 3);
        Softmax.Forward(rows, columns, x, soft);
        LogSoftmax.Forward(rows, columns, x, log);
        float mean = SoftmaxCrossEntropy.Forward(rows, columns, x, targets, [], losses, gradient);
        Guarded ds = Guarded.Output(x.Length, seed), dl = Guarded.Output(x.Length, seed + 1);
        Softmax.Backward(rows, columns, soft, dy, ds);
        LogSoftmax.Backward(rows, columns, log, dy, dl);

        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            double[] values = KernelData.ToDouble(x.Span.Slice(row * columns, columns)), slopes = KernelData.ToDouble(dy.Span.Slice(row * columns, columns));
            double max = values.Max(), logSum = Math.Log(values.Sum(v => Math.Exp(v - max))), spread = max - values.Min();
            double[] p = [.. values.Select(v => Math.Exp(v - max - logSum))];
            double product = p.Zip(slopes, (a, b) => a * b).Sum(), products = p.Zip(slopes, (a, b) => Math.Abs(a * b)).Sum(), sum = slopes.Sum(), sums = slopes.Sum(Math.Abs);
            double roundings = columns + spread + Around; // x - max is rounded, which exp magnifies by its size
            for (int j = 0; j < columns; j++)
            {
                int at = (row * columns) + j;
                string At() => FormattableString.Invariant($"{rows} x {columns} at [{row}, {j}]");
                double logarithm = values[j] - max - logSum;
                Rounding.Within(p[j], p[j], roundings, soft[at], At);
                Rounding.Within(logarithm, 1 + logSum + spread, roundings, log[at], At);
                Rounding.Within((p[j] - (j == (int)targets[row] ? 1 : 0)) / rows, (p[j] + 1) / rows, roundings, gradient[at], At);
                Rounding.Within(p[j] * (slopes[j] - product), p[j] * (Math.Abs(slopes[j]) + products), 2 * roundings, ds[at], At);
                Rounding.Within(slopes[j] - (p[j] * sum), Math.Abs(slopes[j]) + (p[j] * sums * (1 + logSum + spread)), 2 * roundings, dl[at], At);
            }

            double loss = max + logSum - values[(int)targets[row]];
            total += loss;
            Rounding.Within(loss, 1 + logSum + spread, roundings, losses[row], () => FormattableString.Invariant($"loss {row} of {rows} x {columns}"));
        }

        Rounding.Within(total / rows, 1 + (total / rows) + (2 * Math.Log(columns)), columns + (2 * Around), mean, () => FormattableString.Invariant($"mean loss of {rows} x {columns}"));
        foreach (Guarded result in new[] { soft, log, losses, gradient, ds, dl })
        {
            result.Verify(FormattableString.Invariant($"{rows} x {columns}"));
        }
    });

    [Fact]
    public void Sums_and_largest_elements() => Each((rows, columns, seed) =>
    {
        string what = FormattableString.Invariant($"{rows} x {columns}");
        Guarded x = Guarded.Normal(rows * columns, seed), ofRows = Guarded.Normal(rows, seed + 1), ofColumns = Guarded.Normal(columns, seed + 2), largest = Guarded.Output(rows, seed + 3);
        double[] values = KernelData.ToDouble(x), rowSums = KernelData.ToDouble(ofRows), columnSums = KernelData.ToDouble(ofColumns);
        double[] rowSizes = [.. rowSums.Select(Math.Abs)], columnSizes = [.. columnSums.Select(Math.Abs)];
        for (int i = 0; i < values.Length; i++)
        {
            (rowSums[i / columns], columnSums[i % columns]) = (rowSums[i / columns] + values[i], columnSums[i % columns] + values[i]);
            (rowSizes[i / columns], columnSizes[i % columns]) = (rowSizes[i / columns] + Math.Abs(values[i]), columnSizes[i % columns] + Math.Abs(values[i]));
        }

        Reductions.SumRows(x, rows, columns, ofRows, accumulate: true);
        Reductions.SumColumns(x, rows, columns, ofColumns, accumulate: true);
        Rounding.Within(rowSums, rowSizes, columns, ofRows, $"sums of rows, {what}");
        Rounding.Within(columnSums, columnSizes, rows, ofColumns, $"sums of columns, {what}");
        Reductions.MaxRows(x, rows, columns, largest);
        largest.Verify(what);
        int[] places = new int[rows];
        Reductions.ArgMaxRows(x, rows, columns, places);
        for (int row = 0; row < rows; row++)
        {
            float[] numbers = x.Span.Slice(row * columns, columns).ToArray();
            Assert.Equal(numbers.Max(), largest[row]);
            Assert.Equal(Array.IndexOf(numbers, numbers.Max()), places[row]);
        }
    });

    [Fact]
    public void Layer_normalisation() => Each((rows, columns, seed) =>
    {
        string what = FormattableString.Invariant($"{rows} x {columns}");
        Guarded x = Guarded.Normal(rows * columns, seed), dy = Guarded.Normal(rows * columns, seed + 1), gamma = Guarded.Normal(columns, seed + 2), beta = Guarded.Normal(columns, seed + 3);
        Guarded y = Guarded.Output(x.Length, seed), mean = Guarded.Output(rows, seed + 1), inverse = Guarded.Output(rows, seed + 2);
        Guarded dx = Guarded.Output(x.Length, seed + 3), dgamma = Guarded.Output(columns, seed), dbeta = Guarded.Output(columns, seed + 1);
        LayerNormalization.Forward(rows, columns, x, gamma, beta, Normalized.Epsilon, y, mean, inverse);
        LayerNormalization.Backward(rows, columns, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        double[] scales = [.. Enumerable.Repeat(0.0, columns)], scaleSizes = [.. scales], shifts = [.. scales], shiftSizes = [.. scales];
        for (int row = 0; row < rows; row++)
        {
            int start = row * columns;
            Normalized n = new(KernelData.ToDouble(x.Span.Slice(start, columns)));
            n.VerifyStatistics(mean[row], inverse[row], what);
            n.VerifyForward(j => y[start + j], j => gamma[j], j => beta[j], what);
            n.VerifyBackward(mean[row], inverse[row], j => dy[start + j] * (double)gamma[j], j => dx[start + j], what);
            for (int j = 0; j < columns; j++)
            {
                double hat = (x[start + j] - (double)mean[row]) * inverse[row];
                (scales[j], scaleSizes[j]) = (scales[j] + (hat * dy[start + j]), scaleSizes[j] + (Math.Abs(dy[start + j]) * n.HatSize));
                (shifts[j], shiftSizes[j]) = (shifts[j] + dy[start + j], shiftSizes[j] + Math.Abs(dy[start + j]));
            }
        }

        Rounding.Within(scales, scaleSizes, rows + Around, dgamma, $"dgamma, {what}");
        Rounding.Within(shifts, shiftSizes, rows + Around, dbeta, $"dbeta, {what}");
        foreach (Guarded result in new[] { y, mean, inverse, dx })
        {
            result.Verify(what);
        }
    });

    /// <summary>Every number of columns with some rows, every number of rows with some columns, and both alike.</summary>
    private static void Each(Action<int, int, int> verify)
    {
        for (int n = 1; n <= Most; n++)
        {
            verify(3, n, n);
            verify(n, 5, n + 1);
            verify(n, n, n + 2);
        }
    }
}
