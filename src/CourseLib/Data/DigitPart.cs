using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>Images and labels that belong together, checked.</summary>
internal sealed class DigitPart
{
    private readonly IdxFile images;
    private readonly IdxFile labels;

    /// <exception cref="IdxException">Types, shapes or counts are not those of MNIST, or a label is not a digit.</exception>
    public DigitPart(string imagesName, IdxFile images, string labelsName, IdxFile labels)
    {
        this.images = IdxReader.Expect(images, imagesName, IdxType.UInt8, [-1, DigitGenerator.Side, DigitGenerator.Side]);
        this.labels = IdxReader.Expect(labels, labelsName, IdxType.UInt8, [-1]);
        if (images.Count != labels.Count)
        {
            throw new IdxException($"{imagesName} has {images.Count} images, but {labelsName} has {labels.Count} labels; expected one label for each image.");
        }

        if (images.Count == 0)
        {
            throw new IdxException($"{imagesName}: found no images; expected at least one.");
        }

        int wrong = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(DigitGenerator.Classes - 1));
        if (wrong >= 0)
        {
            throw new IdxException($"{labelsName}: label {wrong} is {labels.Data[wrong]}; expected 0 to {DigitGenerator.Classes - 1}.");
        }
    }

    public int Count => images.Count;

    /// <summary>Items as tensors: images [n, 1, 28, 28] scaled to [0, 1], labels [n].</summary>
    public Dataset ToDataset(int first, int count)
    {
        const int Pixels = DigitGenerator.Side * DigitGenerator.Side;
        Tensor inputs = Rows.Ordinary(count, 1, DigitGenerator.Side, DigitGenerator.Side);
        Tensor targets = Rows.Ordinary(count);
        Scale(images.Data.AsSpan(first * Pixels, count * Pixels), inputs.Span, 255);
        Scale(labels.Data.AsSpan(first, count), targets.Span, 1);
        return new Dataset(inputs, targets);
    }

    private static void Scale(ReadOnlySpan<byte> bytes, Span<float> values, float divisor)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            values[i] = bytes[i] / divisor;
        }
    }
}
