using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Batch normalisation: in training each channel is normalised by the mean and the (biased) variance of the batch, in evaluation by running averages of them;
/// then y = gamma xhat + beta (Ioffe and Szegedy 2015; lectures perc, "Batchnorm", and lbd, "А как ещё стабилизировать обучение?").
/// </summary>
/// <remarks>
/// <para>running = (1 - momentum) running + momentum batch, with the unbiased variance (torch's convention; momentum 0.1 is the weight of the new value).</para>
/// <para>In evaluation the layer is a fixed affine map of each channel. Behind a convolution in a <see cref="Sequential"/> it needs no pass of its own: inside
/// <see cref="NoGrad"/> it is folded into the filters, see there.</para>
/// </remarks>
public abstract class BatchNorm : Module
{
    private readonly double epsilon;
    private readonly double momentum;
    private readonly int rank;

    private protected BatchNorm(int features, double epsilon, double momentum, int rank)
    {
        Requires.AtLeast(GetType().Name, nameof(features), features, 1);
        if (!(epsilon >= 0 && momentum >= 0 && momentum <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(momentum), FormattableString.Invariant($"{GetType().Name}: expected epsilon from 0 on and momentum from 0 to 1, got {epsilon} and {momentum}."));
        }

        this.epsilon = epsilon;
        this.momentum = momentum;
        this.rank = rank;
        Weight = Parameter("weight", Tensor.Ones(features));
        Bias = Parameter("bias", Tensor.Zeros(features));
        RunningMean = Buffer("running_mean", Tensor.Zeros(features));
        RunningVariance = Buffer("running_var", Tensor.Ones(features));
    }

    /// <summary>gamma, one for each channel; starts at 1.</summary>
    public Tensor Weight { get; }

    /// <summary>beta, one for each channel; starts at 0.</summary>
    public Tensor Bias { get; }

    /// <summary>The running average of the batches' means.</summary>
    public Tensor RunningMean { get; }

    /// <summary>The running average of the batches' unbiased variances.</summary>
    public Tensor RunningVariance { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input's axes are not the layer's, or a training batch has one value in a channel, whose variance is undefined.</exception>
    public override Tensor Forward(Tensor x) => Forward(x, rectify: false);

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Text(Weight.Length)})";

    /// <summary>The forward pass, with the ReLU behind this layer if <paramref name="rectify"/>: the same bits as from the two one after the other.</summary>
    internal Tensor Forward(Tensor x, bool rectify)
    {
        if (x.Rank != rank)
        {
            throw new ArgumentException($"{GetType().Name}: expected an input of {rank} axes, got shape {x.Shape}.", nameof(x));
        }

        if (!IsTraining)
        {
            Tensor affine = Functional.BatchNorm(x, Weight, Bias, RunningMean, RunningVariance, epsilon);
            return rectify ? affine.Relu() : affine;
        }

        if (x.Length <= x.Shape[1])
        {
            throw new ArgumentException($"{GetType().Name}: expected more than one value for each channel in training, got shape {x.Shape}; a batch of one has no variance (leave out a last batch of one example, use LayerNorm, or Eval()).", nameof(x));
        }

        Tensor y = BatchNormFunction.Apply(x, Weight, Bias, (float)epsilon, out (Tensor Mean, Tensor UnbiasedVariance) statistics, rectify);
        Average(RunningMean.Span, statistics.Mean.Span);
        Average(RunningVariance.Span, statistics.UnbiasedVariance.Span);
        return y;
    }

    /// <summary>Filters and biases that do what the given ones and this layer in evaluation do: W' = gamma W / sqrt(var + eps), b' = beta + (b - mean) gamma / sqrt(var + eps).</summary>
    /// <param name="weight">W: the numbers of each channel beside each other, as many channels as the layer has.</param>
    /// <param name="bias">b, or null for zeros.</param>
    /// <returns>W' and b', made from what the layer holds now and apart from the graph.</returns>
    internal (Tensor Weight, Tensor? Bias) FoldInto(Tensor weight, Tensor? bias)
    {
        Tensor folded = Tensor.Empty(weight.Shape), shift = Tensor.Empty(Bias.Shape);
        Span<float> from = weight.Span, to = folded.Span, gamma = Weight.Span, beta = Bias.Span, mean = RunningMean.Span, variance = RunningVariance.Span;
        Span<float> b = bias is { } given ? given.Span : [];
        int size = from.Length / gamma.Length;
        for (int channel = 0; channel < gamma.Length; channel++)
        {
            float scale = (float)(gamma[channel] / Math.Sqrt(variance[channel] + epsilon));
            Elementwise.Binary<MultiplyOperator>(from.Slice(channel * size, size), scale, to.Slice(channel * size, size));
            shift.Span[channel] = beta[channel] + (((b.IsEmpty ? 0 : b[channel]) - mean[channel]) * scale);
        }

        return (folded, shift);
    }

    private void Average(Span<float> running, ReadOnlySpan<float> batch)
    {
        for (int i = 0; i < running.Length; i++)
        {
            running[i] = (float)(((1 - momentum) * running[i]) + (momentum * batch[i]));
        }
    }
}

/// <summary>Batch normalisation of features: input [B, features].</summary>
/// <param name="features">Number of features.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">Weight of the new batch in the running averages.</param>
public sealed class BatchNorm1d(int features, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(features, epsilon, momentum, 2);

/// <summary>Batch normalisation of image channels: input [B, channels, H, W]; statistics over the batch and all pixels.</summary>
/// <param name="channels">Number of channels.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">Weight of the new batch in the running averages.</param>
public sealed class BatchNorm2d(int channels, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(channels, epsilon, momentum, 4);
