using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The operations behind the layers as functions of tensors (torch.nn.functional): for notebooks that hold the weights themselves.</summary>
public static class Functional
{
    /// <summary>y = x W^T + b.</summary>
    /// <param name="x">Input [B, n].</param>
    /// <param name="weight">W [m, n].</param>
    /// <param name="bias">b [m], or null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => LinearFunction.Apply(x, weight, bias);

    /// <summary>The two-dimensional convolution (cross-correlation) over all input channels.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="weight">Filters [O, C, KH, KW].</param>
    /// <param name="bias">Biases [O], or null.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">VALID, SAME or numbers of zeros.</param>
    /// <returns>Output [B, O, H', W'].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the window is larger than the padded image.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default) =>
        Conv2dFunction.Apply(x, weight, bias, stride, padding);

    /// <summary>The transposed convolution: the gradient that <see cref="Conv2d"/> sends to its input, as an operation.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="weight">Filters [C, O, KH, KW].</param>
    /// <param name="bias">Biases [O], or null.</param>
    /// <param name="stride">Pixels of the output from one input pixel's filter to the next one's.</param>
    /// <param name="padding">Pixels cut off on each side of the output.</param>
    /// <param name="outputPadding">Rows and columns added at the bottom and the right, less than the stride.</param>
    /// <returns>Output [B, O, (H - 1) stride - 2 padding + KH + outputPadding, …].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the padding leaves nothing of the output.</exception>
    public static Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0)
    {
        Tensor y = ConvTranspose2dFunction.Apply(x, weight, stride, padding, outputPadding);
        return bias switch
        {
            null => y,
            { } b when b.Rank == 1 && b.Length == y.Shape[1] => y + b.Reshape(-1, 1, 1),
            { } b => throw new ArgumentException($"ConvTranspose2d: expected a bias of shape ({y.Shape[1]},), got {b.Shape}.", nameof(bias)),
        };
    }

    /// <summary>The windows that a convolution sees, as columns (im2col): the convolution is then a matrix product of the filters [O, C K K] with each example's columns.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="kernelSize">K: rows and columns of a window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">VALID, SAME or numbers of zeros.</param>
    /// <returns>[B, C K K, H' W']: the windows in the order of the output's pixels, a window's numbers in the order of a filter's.</returns>
    /// <exception cref="ArgumentException">The input has not four axes, or the window is larger than the padded image.</exception>
    public static Tensor Unfold(Tensor x, int kernelSize, int stride = 1, Padding padding = default) => UnfoldFunction.Apply(x, kernelSize, stride, padding);

    /// <summary>Batch normalisation with the statistics of the batch: y = gamma (x - mu) / sqrt(sigma^2 + eps) + beta for each channel.</summary>
    /// <param name="x">Input [B, C] or [B, C, …].</param>
    /// <param name="gamma">Scales [C].</param>
    /// <param name="beta">Shifts [C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor BatchNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon = 1e-5) => BatchNormFunction.Apply(x, gamma, beta, (float)epsilon, out _);

    /// <summary>Batch normalisation with given statistics, as in evaluation.</summary>
    /// <remarks>
    /// The statistics are constants here: no gradient goes to them, even where they require one, and none through them to x. To differentiate through statistics of one's own, as
    /// notebook 12 does, write the formula with tensors: <c>(x - mean) / (variance + epsilon).Sqrt() * gamma + beta</c>.
    /// </remarks>
    /// <param name="x">Input [B, C] or [B, C, …].</param>
    /// <param name="gamma">Scales [C].</param>
    /// <param name="beta">Shifts [C].</param>
    /// <param name="mean">mu [C]; a constant.</param>
    /// <param name="variance">sigma^2 [C]; a constant.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor BatchNorm(Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon = 1e-5) =>
        FrozenBatchNormFunction.Apply(x, gamma, beta, mean, variance, (float)epsilon);

    /// <summary>Layer normalisation over the last axes, those of gamma.</summary>
    /// <param name="x">Input whose last axes have gamma's shape.</param>
    /// <param name="gamma">Scales.</param>
    /// <param name="beta">Shifts, of the same shape.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon = 1e-5) => LayerNormFunction.Apply(x, gamma, beta, (float)epsilon);

    /// <summary>The largest number of each window.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the window's size when 0.</param>
    /// <param name="padding">Rows and columns around the image, which never win.</param>
    public static Tensor MaxPool2d(Tensor x, int kernelSize, int stride = 0, Padding padding = default) =>
        MaxPoolFunction.Apply(x, kernelSize, stride == 0 ? kernelSize : stride, padding);

    /// <summary>The mean of each window.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the window's size when 0.</param>
    /// <param name="padding">Rows and columns of zeros around the image, which count.</param>
    public static Tensor AvgPool2d(Tensor x, int kernelSize, int stride = 0, Padding padding = default) =>
        AvgPoolFunction.Apply(x, kernelSize, stride == 0 ? kernelSize : stride, padding);

    /// <summary>e^x_i / sum_j e^x_j along the last axis; safe at large x.</summary>
    public static Tensor Softmax(Tensor x) => SoftmaxFunction.Apply(x);

    /// <summary>The logarithm of the softmax along the last axis, without a logarithm of a rounded zero.</summary>
    public static Tensor LogSoftmax(Tensor x) => LogSoftmaxFunction.Apply(x);

    /// <summary>-log softmax(x)_t, the mean over the batch.</summary>
    /// <param name="logits">[B, C].</param>
    /// <param name="target">Class indices [B] as floats, or probabilities [B, C].</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor target) => CrossEntropyFunction.Apply(logits, target, Tensor.Empty(0));

    /// <summary>The distance between the rows of two matrices, ||a_i - b_i + eps||_p: d of the triplet loss (lecture init, "Задачи и функции потерь").</summary>
    /// <param name="a">Points [B, D].</param>
    /// <param name="b">Points [B, D].</param>
    /// <param name="p">The norm, at least 1; 2 is Euclid's.</param>
    /// <param name="eps">Added to every difference, so that equal points are not at distance 0, where it has no gradient.</param>
    /// <returns>Distances [B].</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is below 1, or eps negative.</exception>
    public static Tensor PairwiseDistance(Tensor a, Tensor b, double p = 2, double eps = 1e-6) => PairwiseDistanceFunction.Apply(a, b, p, eps);
}
