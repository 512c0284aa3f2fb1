using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x where it is positive, else a x with a trained slope a, one for all or one for each channel (He et al. 2015; lecture perc, "Модификации ReLU").</summary>
/// <remarks>Input [B, C] or [B, C, …]. No weight decay on a, says the paper: decay pulls it towards ReLU.</remarks>
public sealed class PReLU : Module
{
    private readonly int channels;

    /// <param name="channels">Number of slopes: 1, or the number of channels.</param>
    /// <param name="slope">Where the slopes start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of slopes is not positive.</exception>
    public PReLU(int channels = 1, double slope = 0.25)
    {
        Requires.AtLeast(nameof(PReLU), nameof(channels), channels, 1);
        this.channels = channels;
        Weight = Parameter("weight", Tensor.Full(slope, channels));
    }

    /// <summary>The slopes a, [channels].</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are several slopes, and the input has another number of channels.</exception>
    public override Tensor Forward(Tensor x)
    {
        if (channels == 1)
        {
            return x.PRelu(Weight);
        }

        Channels.Require(nameof(PReLU), x, channels);
        return x.PRelu(Channels.Along(Weight, x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"PReLU({Text(channels)})";
}
