using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>What beta of <see cref="MetaAcon"/> is computed from (lecture cnn, "Ещё о функциях активации", Table 5; GAP is the mean over the pixels of a channel).</summary>
public enum MetaAconManner
{
    /// <summary>sigmoid(fc2(fc1(GAP(x)))): a beta for each example and channel.</summary>
    ChannelWise,

    /// <summary>sigmoid(the sum over channels of GAP(x)): a beta for each example.</summary>
    LayerWise,

    /// <summary>sigmoid(x): a beta for each number.</summary>
    PixelWise,
}

/// <summary>ACON-C whose beta is not a parameter but a function of the input: the example decides whether to activate (Ma et al. 2020; lecture cnn, "Ещё о функциях активации").</summary>
/// <remarks>
/// Input [B, C] or [B, C, …]. The formula, as paper and slide print it, has nothing between fc1 and fc2; the authors' program puts a batch
/// normalisation behind each. fc1 has max(reduction, C / reduction) units, as there.
/// </remarks>
public sealed class MetaAcon : Module
{
    private readonly int channels;
    private readonly MetaAconManner manner;
    private readonly Linear? first;
    private readonly Linear? second;

    /// <param name="channels">C.</param>
    /// <param name="manner">What beta is computed from.</param>
    /// <param name="reduction">r: how many times fc1 has fewer units than there are channels; 16 in the paper.</param>
    /// <param name="generator">Where p1 and p2, from N(0, 1), and the weights come from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public MetaAcon(int channels, MetaAconManner manner = MetaAconManner.ChannelWise, int reduction = 16, Generator? generator = null)
    {
        Requires.AtLeast(nameof(MetaAcon), nameof(channels), channels, 1);
        Requires.AtLeast(nameof(MetaAcon), nameof(reduction), reduction, 1);
        this.channels = channels;
        this.manner = manner;
        P1 = Parameter("p1", Tensor.RandN([channels], generator));
        P2 = Parameter("p2", Tensor.RandN([channels], generator));
        if (manner == MetaAconManner.ChannelWise)
        {
            int hidden = Math.Max(reduction, channels / reduction);
            first = Child("fc1", new Linear(channels, hidden, generator: generator));
            second = Child("fc2", new Linear(hidden, channels, generator: generator));
        }
    }

    /// <summary>p1 [C]; starts from N(0, 1).</summary>
    public Tensor P1 { get; }

    /// <summary>p2 [C]; starts from N(0, 1).</summary>
    public Tensor P2 { get; }

    /// <summary>beta for a batch: [B, C, 1, 1], [B, 1, 1, 1] or the shape of x.</summary>
    /// <exception cref="ArgumentException">The input is not [B, C, …].</exception>
    public Tensor Beta(Tensor x)
    {
        Channels.Require(nameof(MetaAcon), x, channels);
        return manner switch
        {
            MetaAconManner.PixelWise => x.Sigmoid(),
            MetaAconManner.LayerWise => Channels.Along(Pool(x).Sum(1, keepDim: true).Sigmoid(), x),
            _ => Channels.Along(second!.Forward(first!.Forward(Pool(x))).Sigmoid(), x),
        };
    }

    /// <inheritdoc/>
    protected internal override bool IsOneLayer => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, …].</exception>
    public override Tensor Forward(Tensor x)
    {
        Tensor beta = Beta(x);
        return x.Acon(Channels.Along(P1, x), Channels.Along(P2, x), beta);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MetaAcon({Text(channels)}, {manner})";

    private static Tensor Pool(Tensor x)
    {
        Shape shape = x.Shape;
        return shape.Rank == 2 ? x : x.Reshape(shape[0], shape[1], shape.Product(2, shape.Rank)).Mean(2);
    }
}
