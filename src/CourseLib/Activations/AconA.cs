using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>
/// ACON-A, the smooth maximum of x and 0: x sigmoid(beta x), which is Swish, with a trained beta for each channel. "Activate or not": beta = 0 makes the
/// channel linear, a large beta makes it ReLU (Ma et al. 2020; lecture cnn, "Ещё о функциях активации").
/// </summary>
/// <remarks>Input [B, C] or [B, C, …].</remarks>
public sealed class AconA : Module
{
    private readonly int channels;

    /// <param name="channels">C.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is not positive.</exception>
    public AconA(int channels)
    {
        Requires.AtLeast(nameof(AconA), nameof(channels), channels, 1);
        this.channels = channels;
        Beta = Parameter("beta", Tensor.Ones(channels));
    }

    /// <summary>beta [C]; starts at 1.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, …].</exception>
    public override Tensor Forward(Tensor x)
    {
        Channels.Require(nameof(AconA), x, channels);
        return x.Swish(Channels.Along(Beta, x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"AconA({Text(channels)})";
}
