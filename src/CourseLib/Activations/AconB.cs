using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>
/// ACON-B, the smooth maximum of x and p x: (1 - p) x sigmoid(beta (1 - p) x) + p x, a smooth leaky ReLU, with trained p and beta for each channel
/// (Ma et al. 2020; lecture cnn, "Ещё о функциях активации", calls p a).
/// </summary>
/// <remarks>Input [B, C] or [B, C, …].</remarks>
public sealed class AconB : Module
{
    private readonly int channels;

    /// <param name="channels">C.</param>
    /// <param name="slope">Where p starts; 0.25 as in <see cref="PReLU"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is not positive.</exception>
    public AconB(int channels, double slope = 0.25)
    {
        Requires.AtLeast(nameof(AconB), nameof(channels), channels, 1);
        this.channels = channels;
        P = Parameter("p", Tensor.Full(slope, channels));
        Beta = Parameter("beta", Tensor.Ones(channels));
    }

    /// <summary>p [C], the slope on the left for beta (1 - p) &gt; 0.</summary>
    public Tensor P { get; }

    /// <summary>beta [C]; starts at 1.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, …].</exception>
    public override Tensor Forward(Tensor x)
    {
        Channels.Require(nameof(AconB), x, channels);
        return x.Acon(Tensor.Scalar(1), Channels.Along(P, x), Channels.Along(Beta, x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"AconB({Text(channels)})";
}
