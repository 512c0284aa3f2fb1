using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>
/// The factor by which the weights before an activation are enlarged to make up for what it takes away; for <see cref="Kaiming"/>, <see cref="Xavier"/> and
/// <see cref="Orthogonal"/> (torch.nn.init.calculate_gain; lectures init, "Инициализация: Хе", and perc, "Инициализация Хе").
/// </summary>
/// <remarks>
/// <see cref="Of"/> computes it for any activation from He's condition, that the second moment stays: gain^2 E f(z)^2 = 1 for z ~ N(0, 1). The numbers
/// of torch's table agree with it for ReLU and leaky ReLU only: for tanh the condition gives 1.593, the table 5/3 (the outputs of a deep stack settle
/// at a second moment of 0.42 then); for the sigmoid 1.846, the table 1; for SELU 1, the table 3/4.
/// A moment that is off by a little returns to 1 from layer to layer behind tanh, stays off behind ReLU, and moves away by 8 to 17% of the distance behind Mish, GELU and SiLU.
/// </remarks>
public static class Gain
{
    private const int Points = 16001;
    private const double Reach = 8; // beyond it N(0, 1) weighs less than 1e-15

    /// <summary>No activation, and any convolution or linear layer: 1.</summary>
    public static double Linear => 1;

    /// <summary>torch's 1.</summary>
    public static double Sigmoid => 1;

    /// <summary>torch's 5/3.</summary>
    public static double Tanh => 5.0 / 3;

    /// <summary>sqrt(2): ReLU lets half of the second moment through.</summary>
    public static double ReLU => Math.Sqrt(2);

    /// <summary>torch's 3/4 for the self-normalising ELU.</summary>
    public static double SELU => 0.75;

    /// <summary>sqrt(2 / (1 + slope^2)).</summary>
    public static double LeakyReLU(double slope = 0.01) => Math.Sqrt(2 / (1 + (slope * slope)));

    /// <summary>1 / sqrt(E f(z)^2) for z ~ N(0, 1), by the trapezoidal rule: <c>Gain.Of(new GELU().Forward)</c>.</summary>
    /// <param name="activation">A function of each element, such as an activation's <c>Forward</c>.</param>
    /// <exception cref="ArgumentException">The second moment is 0 or not finite, or the shape changes.</exception>
    public static double Of(Func<Tensor, Tensor> activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        using NoGrad off = new();
        Tensor z = Tensor.Linspace(-Reach, Reach, Points);
        Tensor y = activation(z);
        if (y.Shape != z.Shape)
        {
            throw new ArgumentException($"Gain: expected a function of each element, but shape {z.Shape} became {y.Shape}.", nameof(activation));
        }

        double moment = 0;
        double mass = 0;
        for (int i = 0; i < Points; i++)
        {
            double weight = Math.Exp(-0.5 * z.Span[i] * z.Span[i]);
            moment += weight * y.Span[i] * y.Span[i];
            mass += weight;
        }

        return moment > 0 && double.IsFinite(moment)
            ? Math.Sqrt(mass / moment)
            : throw new ArgumentException(FormattableString.Invariant($"Gain: expected an activation whose square has a positive mean, got {moment / mass}."), nameof(activation));
    }
}
