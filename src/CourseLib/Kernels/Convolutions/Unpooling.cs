namespace CourseLib.Kernels.Convolutions;

/// <summary>The gradient of a convolution's output from that of its 2x2 max-pooling, an image for each chunk: each window's gradient to the pixel that won, 0 to the others.</summary>
internal readonly unsafe struct Unpooling(ConvShape shape, float* dy, int* winners, float* whole) : IWork
{
    public void Run(int chunk)
    {
        int columns = shape.OutWidth, planeSize = shape.OutHeight * columns, windowRows = shape.OutHeight / 2, windowColumns = columns / 2;
        int* corners = stackalloc[] { 0, 1, columns, columns + 1 };
        float* plane = whole + ((nint)chunk * shape.OutChannels * planeSize);
        nint first = (nint)chunk * shape.OutChannels * windowRows * windowColumns;
        float* gradient = dy + first;
        int* winner = winners + first;
        new Span<float>(plane, shape.OutChannels * planeSize).Clear();
        for (int channel = 0; channel < shape.OutChannels; channel++, plane += planeSize)
        {
            for (int row = 0; row < windowRows; row++)
            {
                float* window = plane + (2 * row * columns);
                for (int end = windowColumns; end > 0; end--, window += 2)
                {
                    window[corners[*winner++]] = *gradient++;
                }
            }
        }
    }
}
