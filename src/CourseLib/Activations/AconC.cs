using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>
/// ACON-C, the smooth maximum of p1 x and p2 x: (p1 - p2) x sigmoid(beta (p1 - p2) x) + p2 x, with p1, p2 and beta trained for each channel
/// (Ma et al. 2020; lecture cnn, "Ещё о функциях активации", calls them a1 and a2).
/// </summary>
/// <remarks>
/// Input [B, C] or [B, C, …]. The derivative tends to p1 at +inf and to p2 at -inf where beta (p1 - p2) &gt; 0; where it is negative they change places, and at
/// beta = 0 the function is the line (p1 + p2) x / 2.
/// </remarks>
public sealed class AconC : Module
{
    private readonly int channels;

    /// <param name="channels">C.</param>
    /// <param name="generator">Where p1 and p2, drawn from N(0, 1), come from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is not positive.</exception>
    public AconC(int channels, Generator? generator = null)
    {
        Requires.AtLeast(nameof(AconC), nameof(channels), channels, 1);
        this.channels = channels;
        P1 = Parameter("p1", Tensor.RandN([channels], generator));
        P2 = Parameter("p2", Tensor.RandN([channels], generator));
        Beta = Parameter("beta", Tensor.Ones(channels));
    }

    /// <summary>p1 [C]; starts from N(0, 1).</summary>
    public Tensor P1 { get; }

    /// <summary>p2 [C]; starts from N(0, 1).</summary>
    public Tensor P2 { get; }

    /// <summary>beta [C]; starts at 1.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, …].</exception>
    public override Tensor Forward(Tensor x)
    {
        Channels.Require(nameof(AconC), x, channels);
        return x.Acon(Channels.Along(P1, x), Channels.Along(P2, x), Channels.Along(Beta, x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"AconC({Text(channels)})";
}
