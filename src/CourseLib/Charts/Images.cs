using CourseLib.Tensors;

namespace CourseLib.Charts;

/// <summary>Grey images of one size, [n, height, width]; <c>float[,,]</c>, <c>double[,,]</c>, <c>byte[,,]</c> and tensors convert to it.</summary>
public readonly struct Images
{
    private readonly double[]? pixels;

    private Images(double[] pixels, int count, int height, int width)
    {
        this.pixels = pixels;
        Count = count;
        Height = height;
        Width = width;
    }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>Rows of pixels in an image.</summary>
    public int Height { get; }

    /// <summary>Columns of pixels in an image.</summary>
    public int Width { get; }

    /// <summary>A pixel.</summary>
    public double this[int image, int row, int column] => pixels![(((image * Height) + row) * Width) + column];

    /// <summary>Images from their pixels, image by image and row by row.</summary>
    /// <exception cref="ArgumentException">The number of pixels is not a positive multiple of height · width.</exception>
    public static Images From(Values pixels, int height, int width)
    {
        long size = (long)height * width;
        return height > 0 && width > 0 && pixels.Count > 0 && pixels.Count % size == 0
            ? new Images(pixels.Items, (int)(pixels.Count / size), height, width)
            : throw new ArgumentException($"Images.From: expected a positive multiple of height * width = {height} * {width} pixels, got {pixels.Count}", nameof(pixels));
    }

    /// <summary>Copies the images.</summary>
    public static implicit operator Images(float[,,] items) => From(Values.Of(items.Cast<float>()), items.GetLength(1), items.GetLength(2));

    /// <summary>Copies the images.</summary>
    public static implicit operator Images(double[,,] items) => From(Values.Of(items.Cast<double>()), items.GetLength(1), items.GetLength(2));

    /// <summary>Copies the images.</summary>
    public static implicit operator Images(byte[,,] items) => From(Values.Of(items.Cast<byte>().Select(pixel => (double)pixel)), items.GetLength(1), items.GetLength(2));

    /// <summary>Copies images [n, h, w], images of one channel [n, 1, h, w], or one image [h, w].</summary>
    /// <exception cref="ArgumentException">The tensor has other axes.</exception>
    public static implicit operator Images(Tensor items) => items.Rank is 2 or 3 || (items.Rank == 4 && items.Shape[1] == 1)
        ? From(items, items.Shape[-2], items.Shape[-1])
        : throw new ArgumentException($"Images: expected a tensor [n, h, w], [n, 1, h, w] or [h, w], got shape {items.Shape}", nameof(items));
}
