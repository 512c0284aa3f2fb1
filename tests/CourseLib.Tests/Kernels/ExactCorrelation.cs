using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>
/// A 3x3 or other correlation at stride 1 in double precision, with bounds of what single precision may do to each pixel: the forward pass of a convolution, or the
/// gradient of its input as a correlation with flipped filters.
/// </summary>
/// <remarks>
/// An algorithm without divisions and with n roundings at most on the way from an operand to the result is off by at most gamma_n (<see cref="Sizes.Rounding"/>) times
/// its result for the absolute values of all operands and coefficients. For the direct sum that is the sum of |x||w|; for Winograd it is
/// |A'| [(|G||g||G'|) * (|B'||d||B|)] |A|, summed over channels (Barabasz et al. 2020, "Error analysis and improving the accuracy of Winograd convolution").
/// Independent roundings add up like a random walk: the square root of n instead of n (Higham &amp; Mary 2019, "A new approach to probabilistic rounding error analysis").
/// </remarks>
internal sealed class ExactCorrelation
{
    private const int Tile = 4, Window = 6;

    // The absolute values of the matrices for the points 0, ±a, ±b and infinity, a = 5/8, b = 3/2.
    private const double A = 0.625, B = 1.5, N = 1 / (2 * A * A * ((B * B) - (A * A))), F = 1 / (2 * B * B * ((B * B) - (A * A)));
    private static readonly double[,] Inputs =
    {
        { A * A * B * B, 0, (A * A) + (B * B), 0, 1, 0 }, { 0, A * B * B, B * B, A, 1, 0 }, { 0, A * B * B, B * B, A, 1, 0 },
        { 0, B * A * A, A * A, B, 1, 0 }, { 0, B * A * A, A * A, B, 1, 0 }, { 0, A * A * B * B, 0, (A * A) + (B * B), 0, 1 },
    };

    private static readonly double[,] Filters = { { 1 / (A * A * B * B), 0, 0 }, { N, N * A, N * A * A }, { N, N * A, N * A * A }, { F, F * B, F * B * B }, { F, F * B, F * B * B }, { 0, 0, 1 } };
    private static readonly double[,] Outputs = { { 1, 1, 1, 1, 1, 0 }, { 0, A, A, B, B, 0 }, { 0, A * A, A * A, B * B, B * B, 0 }, { 0, A * A * A, A * A * A, B * B * B, B * B * B, 1 } };

    private static readonly double[,] Gradients = Transposed(Outputs), Taps = Transposed(Filters);

    private readonly int batch, channels, filters, kernelHeight, kernelWidth, height, width, outHeight, outWidth;
    private readonly double[] image; // padded, and zeros as far as tiles reach
    private readonly double[] taps;
    private readonly double[] bias;

    private ExactCorrelation(ConvShape s, bool backward, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        (batch, kernelHeight, kernelWidth) = (s.Batch, s.KernelHeight, s.KernelWidth);
        (channels, filters) = backward ? (s.OutChannels, s.InChannels) : (s.InChannels, s.OutChannels);
        (int rows, int columns) = backward ? (s.OutHeight, s.OutWidth) : (s.InHeight, s.InWidth);
        (int top, int left) = backward ? (kernelHeight - 1 - s.PadTop, kernelWidth - 1 - s.PadLeft) : (s.PadTop, s.PadLeft);
        (outHeight, outWidth) = backward ? (s.InHeight, s.InWidth) : (s.OutHeight, s.OutWidth);
        (height, width) = (outHeight + kernelHeight + Tile, outWidth + kernelWidth + Tile);
        image = new double[batch * channels * height * width];
        for (int i = 0; i < input.Length; i++)
        {
            int row = (i / columns % rows) + top, column = (i % columns) + left;
            if (row < height && column < width)
            {
                image[(((i / (rows * columns) * height) + row) * width) + column] = input[i];
            }
        }

        int size = kernelHeight * kernelWidth;
        taps = new double[weights.Length];
        for (int i = 0; i < taps.Length; i++)
        {
            (int filter, int channel, int tap) = (i / size / channels, i / size % channels, i % size);
            taps[i] = backward ? weights[(((channel * filters) + filter) * size) + size - 1 - tap] : weights[i];
        }

        this.bias = new double[filters];
        for (int i = 0; i < bias.Length; i++)
        {
            this.bias[i] = bias[i];
        }
    }

    /// <summary>y of a convolution with stride 1.</summary>
    public static ExactCorrelation Forward(ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) =>
        new(shape, backward: false, x, weights, bias);

    /// <summary>The gradient of x.</summary>
    public static ExactCorrelation BackwardInput(ConvShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights) => new(shape, backward: true, dy, weights, []);

    /// <summary>Roundings on the way from an operand to the result: the chain of a direct sum, product, addition of the bias.</summary>
    public int DirectRoundings => (channels * kernelHeight * kernelWidth) + 1;

    /// <summary>
    /// The same for Winograd, without fused multiply-adds: four in each direction of each transform (for the filters one is that of a coefficient), the products' sum
    /// over channels, the bias.
    /// </summary>
    public int WinogradRoundings => (3 * 2 * 4) + channels + 2;

    /// <summary>The results, or those of the absolute values.</summary>
    public double[] Sums(bool absolute)
    {
        double[] y = new double[batch * filters * outHeight * outWidth];
        for (int i = 0; i < y.Length; i++)
        {
            int column = i % outWidth, row = i / outWidth % outHeight, filter = i / (outWidth * outHeight) % filters, n = i / (outWidth * outHeight * filters);
            double sum = absolute ? Math.Abs(bias[filter]) : bias[filter];
            for (int channel = 0; channel < channels; channel++)
            {
                int tap = ((filter * channels) + channel) * kernelHeight * kernelWidth;
                for (int a = 0; a < kernelHeight; a++)
                {
                    int pixel = (((((n * channels) + channel) * height) + row + a) * width) + column;
                    for (int d = 0; d < kernelWidth; d++, tap++)
                    {
                        double product = image[pixel + d] * taps[tap];
                        sum += absolute ? Math.Abs(product) : product;
                    }
                }
            }

            y[i] = sum;
        }

        return y;
    }

    /// <summary>As <see cref="DirectRoundings"/>, for the gradient of the weights: additions in any order.</summary>
    public int DirectGradientRoundings => (batch * outHeight * outWidth) + 1;

    /// <summary>As <see cref="WinogradRoundings"/>, with a sum over tiles.</summary>
    public int WinogradGradientRoundings => (3 * 2 * 4) + (batch * ((outHeight + Tile - 1) / Tile) * ((outWidth + Tile - 1) / Tile)) + 2;

    /// <summary>The gradient of the weights of a forward pass, or that of the absolute values.</summary>
    public double[] GradientSums(ReadOnlySpan<float> dy, bool absolute)
    {
        double[] dw = new double[taps.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            int column = i % outWidth, row = i / outWidth % outHeight, filter = i / (outWidth * outHeight) % filters, n = i / (outWidth * outHeight * filters);
            int tap = filter * channels * kernelHeight * kernelWidth;
            for (int channel = 0; channel < channels; channel++)
            for (int a = 0; a < kernelHeight; a++)
            {
                int pixel = (((((n * channels) + channel) * height) + row + a) * width) + column;
                for (int d = 0; d < kernelWidth; d++, tap++)
                {
                    double product = dy[i] * image[pixel + d];
                    dw[tap] += absolute ? Math.Abs(product) : product;
                }
            }
        }

        return dw;
    }

    /// <summary>What the gradient of F(4x4, 3x3) to the weights computes with the absolute values of operands and coefficients: |G'| [(|A||dy||A'|) * (|B'||d||B|)] |G|, summed over tiles.</summary>
    public double[] WinogradGradientOfAbsolutes(ReadOnlySpan<float> dy)
    {
        const int Products = Window * Window;
        double[] sums = new double[filters * channels * Products], tile = new double[Tile * Tile], pixels = new double[channels * Products], gradient = new double[Products];
        for (int n = 0; n < batch; n++)
        for (int row = 0; row < outHeight; row += Tile)
        for (int column = 0; column < outWidth; column += Tile)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                Both(Inputs, image.AsSpan((((((n * channels) + channel) * height) + row) * width) + column), width, pixels.AsSpan(channel * Products));
            }

            for (int filter = 0; filter < filters; filter++)
            {
                for (int i = 0; i < tile.Length; i++)
                {
                    int y = row + (i / Tile), x = column + (i % Tile);
                    tile[i] = y < outHeight && x < outWidth ? dy[(((((n * filters) + filter) * outHeight) + y) * outWidth) + x] : 0;
                }

                Both(Gradients, tile, Tile, gradient);
                for (int i = 0; i < pixels.Length; i++)
                {
                    sums[(filter * pixels.Length) + i] += pixels[i] * gradient[i % Products];
                }
            }
        }

        double[] dw = new double[taps.Length];
        for (int i = 0; i < filters * channels; i++)
        {
            Both(Taps, sums.AsSpan(i * Products), Window, dw.AsSpan(i * 9));
        }

        return dw;
    }

    /// <summary>What F(4x4, 3x3) computes with the absolute values of operands and coefficients.</summary>
    public double[] WinogradOfAbsolutes()
    {
        double[] y = new double[batch * filters * outHeight * outWidth], transforms = new double[filters * channels * Window * Window], sums = new double[Window * Window];
        for (int i = 0; i < filters * channels; i++)
        {
            Both(Filters, taps.AsSpan(i * 9), 3, transforms.AsSpan(i * Window * Window));
        }

        double[] tiles = new double[channels * Window * Window], pixels = new double[Tile * Tile];
        for (int n = 0; n < batch; n++)
        for (int row = 0; row < outHeight; row += Tile)
        for (int column = 0; column < outWidth; column += Tile)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                Both(Inputs, image.AsSpan((((((n * channels) + channel) * height) + row) * width) + column), width, tiles.AsSpan(channel * Window * Window));
            }

            for (int filter = 0; filter < filters; filter++)
            {
                Array.Clear(sums);
                for (int i = 0; i < tiles.Length; i++)
                {
                    sums[i % sums.Length] += tiles[i] * transforms[(filter * tiles.Length) + i];
                }

                Both(Outputs, sums, Window, pixels);
                for (int i = 0; i < pixels.Length; i++)
                {
                    if (row + (i / Tile) < outHeight && column + (i % Tile) < outWidth)
                    {
                        y[(((((n * filters) + filter) * outHeight) + row + (i / Tile)) * outWidth) + column + (i % Tile)] = pixels[i] + Math.Abs(bias[filter]);
                    }
                }
            }
        }

        return y;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        double[,] result = new double[matrix.GetLength(1), matrix.GetLength(0)];
        foreach ((int i, int j) in Enumerable.Range(0, matrix.Length).Select(index => (index / matrix.GetLength(1), index % matrix.GetLength(1))))
        {
            result[j, i] = matrix[i, j];
        }

        return result;
    }

    // M |x| M' of the square x whose rows are a pitch apart.
    private static void Both(double[,] matrix, ReadOnlySpan<double> x, int pitch, Span<double> result)
    {
        int to = matrix.GetLength(0), from = matrix.GetLength(1);
        Span<double> half = stackalloc double[Window * Window];
        for (int i = 0; i < to; i++)
        for (int j = 0; j < from; j++)
        {
            half[(i * from) + j] = 0;
            for (int k = 0; k < from; k++)
            {
                half[(i * from) + j] += matrix[i, k] * Math.Abs(x[(k * pitch) + j]);
            }
        }

        for (int i = 0; i < to; i++)
        for (int j = 0; j < to; j++)
        {
            result[(i * to) + j] = 0;
            for (int k = 0; k < from; k++)
            {
                result[(i * to) + j] += half[(i * from) + k] * matrix[j, k];
            }
        }
    }
}
