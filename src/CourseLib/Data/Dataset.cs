using System.Globalization;
using CourseLib.Display;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>Some items of a <see cref="Dataset"/>.</summary>
/// <param name="Inputs">[items, …].</param>
/// <param name="Targets">[items] class indices as floats, or [items, k] values.</param>
public readonly record struct Batch(Tensor Inputs, Tensor Targets)
{
    /// <summary>The number of items.</summary>
    public int Count => Inputs.Shape[0];
}

/// <summary>
/// Inputs and what they should give, item by item along the first axis. Parts of a data set are copies with memory of their own, which no
/// <see cref="Tape"/> reclaims; batches are made where they are asked for (<see cref="Batches"/>).
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Dataset
{
    /// <summary>A data set over two tensors, which are used as they are.</summary>
    /// <param name="inputs">[N, …]: one item for each index of the first axis.</param>
    /// <param name="targets">[N] class indices as floats, or [N, k] values to regress on.</param>
    /// <exception cref="ArgumentException">The counts differ, the inputs are a scalar, or the targets have neither one nor two axes.</exception>
    public Dataset(Tensor inputs, Tensor targets)
    {
        if (inputs.Rank < 1 || targets.Rank is not (1 or 2))
        {
            throw new ArgumentException($"Dataset: expected inputs [N, ...] and targets [N] or [N, k], got inputs {inputs.Shape} and targets {targets.Shape}.", nameof(inputs));
        }

        if (inputs.Shape[0] != targets.Shape[0])
        {
            throw new ArgumentException($"Dataset: {inputs.Shape[0]} inputs but {targets.Shape[0]} targets; expected one target for each input (shapes {inputs.Shape} and {targets.Shape}).", nameof(targets));
        }

        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>All inputs, [N, …].</summary>
    public Tensor Inputs { get; }

    /// <summary>All targets, [N] class indices or [N, k] values.</summary>
    public Tensor Targets { get; }

    /// <summary>N, the number of items.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>The shape of one input, without the first axis.</summary>
    public Shape InputShape => Inputs.Shape.Without(0);

    /// <summary>The mean over all numbers of all inputs.</summary>
    public float InputMean => Statistics().Mean;

    /// <summary>The standard deviation over all numbers of all inputs (divided by their count, not by one less).</summary>
    public float InputStd => Statistics().Std;

    /// <summary>One input, a copy of shape <see cref="InputShape"/>.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public Tensor Input(int index)
    {
        Tensor copy = Tensor.Empty(InputShape);
        Inputs.Span.Slice(Checked(index) * copy.Length, copy.Length).CopyTo(copy.Span);
        return copy;
    }

    /// <summary>The class of one item.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="InvalidOperationException">The targets are not classes.</exception>
    public int Label(int index) => Targets.Rank == 1
        ? (int)Targets[Checked(index)]
        : throw new InvalidOperationException($"Dataset.Label: the targets {Targets.Shape} are values, not class indices.");

    /// <summary>The items of a range, in their order: <c>data.Subset(100..200)</c>.</summary>
    /// <param name="range">Which; must lie inside the data set.</param>
    public Dataset Subset(Range range)
    {
        (int first, int count) = range.GetOffsetAndLength(Count);
        return new Dataset(Rows.Copy(Inputs, first, count), Rows.Copy(Targets, first, count));
    }

    /// <summary>The items with these indices, in this order; an index may come more than once.</summary>
    /// <param name="indices">Each from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public Dataset Subset(ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            Checked(index);
        }

        return new Dataset(Rows.Copy(Inputs, indices, lend: false), Rows.Copy(Targets, indices, lend: false));
    }

    /// <summary>The first items, or all when there are fewer.</summary>
    /// <param name="count">How many, 0 or more.</param>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count ? this : Subset(..count);
    }

    /// <summary>Two parts without common items, such as training and validation.</summary>
    /// <param name="fraction">The first part's share, 0 to 1; its count is rounded to the nearest integer.</param>
    /// <param name="generator">Chooses at random who goes where; null cuts without shuffling, which is right only for items in no order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0 to 1.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, Generator? generator = null)
    {
        if (!(fraction is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Dataset.Split: expected a share from 0 to 1.");
        }

        int cut = (int)Math.Round(fraction * Count);
        if (generator is null)
        {
            return (Subset(..cut), Subset(cut..));
        }

        int[] order = generator.Permutation(Count);
        return (Subset(order.AsSpan(0, cut)), Subset(order.AsSpan(cut)));
    }

    /// <summary>One pass over the data, batch by batch; each enumeration is a pass, shuffled anew.</summary>
    /// <remarks>
    /// A batch is gathered when the loop asks for it. With no <see cref="Tape"/> open its tensors are its own and live as long as somebody holds
    /// them. When a tape is open at that moment they are lent by it and a pass allocates nothing on the heap but its order:
    /// <code>
    /// using var batches = data.Batches(64, generator).GetEnumerator();
    /// while (true)
    /// {
    ///     using var tape = new Tape();
    ///     if (!batches.MoveNext()) break;
    ///     … batches.Current …
    /// }
    /// </code>
    /// </remarks>
    /// <param name="batchSize">Items in a batch, 1 or more.</param>
    /// <param name="generator">Shuffles each pass; null keeps the order.</param>
    /// <param name="dropLast">Leaves out a last batch that is smaller than the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is less than 1.</exception>
    public BatchSequence Batches(int batchSize, Generator? generator = null, bool dropLast = false) => new(this, batchSize, generator, dropLast);

    /// <summary>The same items with inputs (x - mean) / std.</summary>
    /// <param name="mean">What becomes 0: the mean of the training inputs, also for test data.</param>
    /// <param name="std">What becomes 1, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">std is not above 0.</exception>
    public Dataset Standardized(float mean, float std)
    {
        if (!(std > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(std), std, "Dataset.Standardized: expected a standard deviation above 0.");
        }

        Tensor scaled = Rows.Copy(Inputs, 0, Count);
        foreach (ref float value in scaled.Span)
        {
            value = (value - mean) / std;
        }

        return new Dataset(scaled, Targets);
    }

    /// <summary>What it holds: "6,000 items of (1, 28, 28), targets (6000,)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count:N0} items of {InputShape}, targets {Targets.Shape}");

    /// <summary>The same as HTML.</summary>
    public string ToHtml() => $"<div class=\"courselib-data\">{Html.Escape(ToString())}</div>";

    private int Checked(int index) => (uint)index < (uint)Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Dataset: item {index} does not exist; expected 0 to {Count - 1}.");

    private (float Mean, float Std) Statistics()
    {
        double sum = 0, squares = 0;
        Span<float> values = Inputs.Span;
        foreach (float value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        foreach (float value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return ((float)mean, (float)Math.Sqrt(squares / values.Length));
    }
}
