using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>Every size from 1 to 67 in each dimension of a convolution, operands at any place in memory, against the definition in double precision.</summary>
/// <remarks>No shape has 16 channels on both sides with 3x3 windows at stride 1: algorithms that transform their input have error bounds of their own.</remarks>
public class ConvolutionSizesTests
{
    private const int Most = 67;

    [Fact]
    public void Every_batch() => Each(n => new(n, 2, 5, 6, 3, 3, 3, 1, 1, 1, 1, 1, 1));

    [Fact]
    public void Every_number_of_input_channels() => Each(n => new(2, n, 6, 5, 5, 3, 3, 1, 1, 1, 1, 1, 1));

    [Fact]
    public void Every_number_of_output_channels() => Each(n => new(2, 3, 5, 7, n, 3, 3, 1, 1, 1, 1, 1, 1));

    [Fact]
    public void Every_number_of_channels_on_both_sides() => Each(n => new(1, n, 4, 5, n, 2, 2, 1, 1 + (n % 2)));

    [Fact]
    public void Every_height() => Each(n => new(1, 2, n, 7, 3, Math.Min(5, n), 3, 1 + (n % 3), 1, n % 3, n % 2, 1, 1));

    [Fact]
    public void Every_width() => Each(n => new(1, 2, 6, n, 3, 3, Math.Min(5, n), 1, 1 + (n % 3), 1, 1, n % 2, n % 3));

    /// <summary>The first layer of a network of digits, at every size of image.</summary>
    [Fact]
    public void Every_size_of_a_single_channel() => Each(n => new(1, 1, n, n, 6, 5, 5, 1, 1, 2, 2, 2, 2));

    [Fact]
    public void Every_window_and_stride()
    {
        for (int kernel = 1; kernel <= 11; kernel++)
        {
            for (int stride = 1; stride <= 5; stride++)
            {
                Verify(new(1, 2, 11, 13, 3, kernel, 12 - kernel, stride, 6 - stride, kernel % 3, stride % 3, kernel % 2, stride % 2), (5 * kernel) + stride);
            }
        }
    }

    [Fact]
    public void Every_size_of_the_unshared_convolution()
    {
        for (int n = 1; n <= Most; n++)
        {
            VerifyUnshared(new(n, 2, 4, 3, 3, 2, 2), n);
            VerifyUnshared(new(2, n, 3, 4, 2, 2, 2), n);
            VerifyUnshared(new(2, 2, 3, 3, n, 2, 2, 2, 2, 1, 1, 1, 1), n);
            VerifyUnshared(new(1, 1, 3, n, 2, 2, Math.Min(n, 3), 1, 1 + (n % 3)), n);
        }
    }

    private static void Each(Func<int, ConvShape> shape)
    {
        for (int n = 1; n <= Most; n++)
        {
            Verify(shape(n), n);
        }
    }

    private static void Verify(in ConvShape s, int seed)
    {
        string what = $"{s}";
        Guarded x = Guarded.Normal(s.InputLength, seed), w = Guarded.Normal(s.WeightsLength, seed + 1), b = Guarded.Normal(s.OutChannels, seed + 2), dy = Guarded.Normal(s.OutputLength, seed + 3);
        Sums y = new(dy.Length), dx = new(x.Length), dw = new(w.Length), db = new(b.Length);
        for (int i = 0; i < dy.Length; i++)
        {
            int filter = i / (s.OutHeight * s.OutWidth) % s.OutChannels;
            y.Add(i, b[filter]);
            db.Add(filter, dy[i]);
        }

        foreach ((int px, int pw, int py) in ConvolutionReference.Terms(s))
        {
            y.Add(py, (double)x[px] * w[pw]);
            dx.Add(px, (double)w[pw] * dy[py]);
            dw.Add(pw, (double)x[px] * dy[py]);
        }

        Guarded outputs = Guarded.Output(dy.Length, seed), inputs = Guarded.Output(x.Length, seed + 1), weights = Guarded.Output(w.Length, seed + 2), biases = Guarded.Output(b.Length, seed + 3);
        Convolution.Forward(s, x, w, b, outputs);
        Convolution.BackwardInput(s, dy, w, inputs);
        Convolution.BackwardWeights(s, x, dy, weights, biases);
        int terms = s.InChannels * s.KernelHeight * s.KernelWidth, seen = s.OutChannels * s.KernelHeight * s.KernelWidth, places = s.Batch * s.OutHeight * s.OutWidth;
        y.Verify(terms + 1, outputs, $"y of {what}");
        dx.Verify(seen, inputs, $"dx of {what}");
        dw.Verify(places, weights, $"dw of {what}");
        db.Verify(places, biases, $"db of {what}");

        Guarded rectified = Guarded.Output(dy.Length, seed + 2);
        Convolution.Forward(s, x, w, b, rectified, rectify: true);
        rectified.Verify(what);
        for (int i = 0; i < rectified.Length; i++)
        {
            if (rectified[i] != MathF.Max(0, outputs[i]))
            {
                Assert.Fail(FormattableString.Invariant($"{what}: with its rectifier y[{i}] is {rectified[i]:R}, without {outputs[i]:R}"));
            }
        }
    }

    private static void VerifyUnshared(in ConvShape s, int seed)
    {
        string what = $"{s}, unshared";
        int places = s.OutHeight * s.OutWidth, bank = (int)s.WeightsLength;
        Guarded x = Guarded.Normal(s.InputLength, seed), w = Guarded.Normal(places * bank, seed + 1), dy = Guarded.Normal(s.OutputLength, seed + 3);
        Sums y = new(dy.Length), dx = new(x.Length), dw = new(w.Length);
        foreach ((int px, int pw, int py) in ConvolutionReference.Terms(s))
        {
            int own = (py % places * bank) + pw;
            y.Add(py, (double)x[px] * w[own]);
            dx.Add(px, (double)dy[py] * w[own]);
            dw.Add(own, (double)dy[py] * x[px]);
        }

        Guarded outputs = Guarded.Output(dy.Length, seed), inputs = Guarded.Output(x.Length, seed + 1), weights = Guarded.Output(w.Length, seed + 2);
        LocallyConnected.Forward(s, x, w, outputs);
        LocallyConnected.BackwardInput(s, dy, w, inputs);
        LocallyConnected.BackwardWeights(s, x, dy, weights);
        y.Verify(s.InChannels * s.KernelHeight * s.KernelWidth, outputs, $"y of {what}");
        dx.Verify(s.OutChannels * s.KernelHeight * s.KernelWidth, inputs, $"dx of {what}");
        dw.Verify(s.Batch, weights, $"dw of {what}");
    }

    /// <summary>Sums in double, and the sums of the terms' absolute values.</summary>
    private sealed class Sums(int length)
    {
        private readonly double[] sums = new double[length], magnitudes = new double[length];

        public void Add(int at, double term)
        {
            sums[at] += term;
            magnitudes[at] += Math.Abs(term);
        }

        public void Verify(int roundings, Guarded actual, string what) => Rounding.Within(sums, magnitudes, roundings, actual, what);
    }
}
