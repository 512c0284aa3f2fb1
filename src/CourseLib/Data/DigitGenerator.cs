namespace CourseLib.Data;

/// <summary>
/// Draws handwritten-looking digits: grey images of 28 x 28 bytes in the manner of MNIST (ink bright, paper 0, centred by mass).
/// Every class has a few ways of being written; each image wobbles, stretches, leans, turns, bends and shifts one of them and draws it with
/// a pen of its own thickness, ink and grain.
/// </summary>
/// <remarks>
/// Uses integers and + - * / sqrt in double precision only: IEEE 754 fixes the result of each, so the bytes are the same on every machine,
/// at every SIMD level and with any number of threads. Item i depends on the seed and on i alone.
/// </remarks>
/// <param name="seed">Chooses the set.</param>
/// <param name="variation">How differently the digits are written; the default is that of the shipped files.</param>
public sealed class DigitGenerator(ulong seed, DigitVariation? variation = null)
{
    /// <summary>Width and height of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    private readonly DigitVariation variation = variation ?? new DigitVariation();
    private readonly double[] coverage = new double[Side * Side];

    /// <summary>The class of item <paramref name="index"/>: every block of ten items holds each digit once, in random order.</summary>
    /// <param name="index">The item, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public int LabelOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Span<int> order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        DigitRandom random = DigitRandom.ForItem(~seed, index / Classes);
        for (int i = Classes - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order[index % Classes];
    }

    /// <summary>Draws item <paramref name="index"/> as the digit that <see cref="LabelOf"/> gives it.</summary>
    /// <param name="index">The item, 0 or more.</param>
    /// <param name="image">Receives 784 bytes, row by row from the top.</param>
    public void Draw(int index, Span<byte> image) => Draw(index, LabelOf(index), image);

    /// <summary>Draws item <paramref name="index"/> as a given digit.</summary>
    /// <param name="index">The item, 0 or more: another index is another handwriting.</param>
    /// <param name="digit">0 to 9.</param>
    /// <param name="image">Receives 784 bytes, row by row from the top.</param>
    /// <exception cref="ArgumentException">The digit is outside 0 to 9 or the image has another length.</exception>
    public void Draw(int index, int digit, Span<byte> image)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (digit is < 0 or >= Classes)
        {
            throw new ArgumentOutOfRangeException(nameof(digit), digit, "DigitGenerator.Draw: expected a digit from 0 to 9.");
        }

        if (image.Length != Side * Side)
        {
            throw new ArgumentException($"DigitGenerator.Draw: expected room for {Side * Side} bytes ({Side} x {Side}), got {image.Length}.", nameof(image));
        }

        DigitRandom random = DigitRandom.ForItem(seed, index);
        PlanePoint[][] strokes = DigitShape.Write(digit, Side, variation, ref random);
        DigitPen.Ink(strokes, coverage, Side, variation, ref random);
        double ink = random.Next(variation.FaintestInk, 1);
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = Grey(coverage[i], ink, ref random);
        }
    }

    /// <summary>Items <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    /// <param name="first">The first item, 0 or more.</param>
    /// <param name="count">How many, 0 or more.</param>
    /// <returns>Images, 784 bytes each, and labels, one byte each.</returns>
    public (byte[] Images, byte[] Labels) Generate(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        byte[] images = new byte[count * Side * Side];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)LabelOf(first + i);
            Draw(first + i, labels[i], images.AsSpan(i * Side * Side, Side * Side));
        }

        return (images, labels);
    }

    /// <summary>Grain is added to ink only, and inked pixels are rounded to a multiple of 5, which keeps the packed files small.</summary>
    private byte Grey(double coverage, double ink, ref DigitRandom random)
    {
        if (coverage <= 0)
        {
            return 0;
        }

        double grain = variation.Grain * random.NextBell();
        double level = Math.Clamp(coverage * (ink + grain), 0, 1);
        return (byte)((int)(level * 51 + 0.5) * 5);
    }
}
