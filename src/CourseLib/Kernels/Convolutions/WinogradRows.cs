namespace CourseLib.Kernels.Convolutions;

/// <summary>From images with their pixels beside each other to rows of pixels with their channels beside each other, and from those to the transforms of rows of tiles.</summary>
internal static unsafe class WinogradRows
{
    /// <summary>Transforms some rows of tiles.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">Images.</param>
    /// <param name="start">The first row, counted through all images.</param>
    /// <param name="rows">How many.</param>
    /// <param name="channels">Channels in whole registers.</param>
    /// <param name="target">The first of 36 matrices [tiles, channels].</param>
    /// <param name="matrix">Elements from matrix to matrix.</param>
    public static void Transform<TLanes>(in WinogradShape shape, float* input, int start, int rows, int channels, float* target, nint matrix)
        where TLanes : struct, ILanes<TLanes>
    {
        int columns = Math.Max((shape.TileColumns * Winograd.Tile) + Winograd.Taps - 1, shape.PadLeft + shape.Width);
        nint line = (nint)columns * channels, image = (nint)shape.Channels * shape.Height * shape.Width;
        float** window = stackalloc float*[Winograd.Window];
        using Scratch ring = ScratchPool.Rent(Winograd.Window * line);
        new Span<float>(ring.Pointer, (int)(Winograd.Window * line)).Clear(); // the padding left and right, for good
        for (int row = start; row < start + rows; row++)
        {
            int first = row % shape.TileRows * Winograd.Tile;
            int known = row == start || first == 0 ? 0 : Winograd.Taps - 1;
            for (int i = 0; i < Winograd.Window; i++)
            {
                window[i] = ring.Pointer + ((first + i) % Winograd.Window * line);
                if (i >= known)
                {
                    Load<TLanes>(input + (row / shape.TileRows * image), shape.Channels, shape.Height, shape.Width, first + i - shape.PadTop, window[i] + ((nint)shape.PadLeft * channels), channels);
                }
            }
            WinogradInput.Transform<TLanes>(window, channels, shape.TileColumns, target, matrix);
            target += (nint)shape.TileColumns * channels;
        }
    }

    /// <summary>One row of an image's pixels, [width, pitch], or of zeros above and below the image.</summary>
    public static void Load<TLanes>(float* image, int channels, int height, int width, int row, float* target, int pitch) where TLanes : struct, ILanes<TLanes>
    {
        if ((uint)row >= (uint)height)
        {
            new Span<float>(target, width * pitch).Clear();
            return;
        }
        Transposition.Run<TLanes>(image + ((nint)row * width), (nint)height * width, channels, width, target, pitch, padded: true);
    }
}
