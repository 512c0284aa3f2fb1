using CourseLib.Autograd;
using CourseLib.Kernels;

namespace CourseLib.Tensors;

/// <content>Activations beyond those of Tensor.Math.cs, each one pass forward and one back. The modules of CourseLib.Activations say where they come from.</content>
public readonly partial struct Tensor
{
    /// <summary>1 for x &gt;= 0, else 0; the gradient is 0.</summary>
    public Tensor BinaryStep() => BinaryStepFunction.Apply(this);

    /// <summary>ln(1 + e^(beta x)) / beta, without overflow; x itself where beta x is above the threshold.</summary>
    public Tensor Softplus(double beta = 1, double threshold = 20) =>
        SoftplusFunction.Apply(this, new SoftplusOperator((float)beta, (float)threshold), new SoftplusGradient((float)beta, (float)threshold));

    /// <summary>x where it is positive, else alpha (e^x - 1).</summary>
    public Tensor Elu(double alpha = 1) => EluFunction.Apply(this, new EluOperator((float)alpha), new EluGradient((float)alpha));

    /// <summary>x Phi(x), with Phi the normal distribution function; with <paramref name="tanh"/> the approximation x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.</summary>
    public Tensor Gelu(bool tanh = false) => tanh ? GeluTanhFunction.Apply(this) : GeluFunction.Apply(this);

    /// <summary>x sigmoid(x).</summary>
    public Tensor Silu() => Swish(1);

    /// <summary>x sigmoid(beta x) with a constant beta.</summary>
    public Tensor Swish(double beta) => SwishFunction.Apply(this, new ScalarSwishOperator((float)beta), new ScalarSwishGradient((float)beta));

    /// <summary>x sigmoid(beta x), with a beta that may be trained: its shape broadcasts with this.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public Tensor Swish(Tensor beta) => AconFunction.Apply(this, Scalar(1), Scalar(0), beta);

    /// <summary>
    /// The smooth maximum of p1 x and p2 x: (p1 - p2) x sigmoid(beta (p1 - p2) x) + p2 x, all three of which may be trained; their shapes broadcast with
    /// this (ACON-C; lecture cnn, "Ещё о функциях активации"; Ma et al. 2020).
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public Tensor Acon(Tensor p1, Tensor p2, Tensor beta) => AconFunction.Apply(this, p1, p2, beta);

    /// <summary>x tanh(ln(1 + e^x)).</summary>
    public Tensor Mish() => MishFunction.Apply(this);

    /// <summary>x limited to [low, high]; the gradient passes strictly between the ends.</summary>
    public Tensor HardTanh(double low = -1, double high = 1) =>
        HardTanhFunction.Apply(this, new ClampOperator((float)low, (float)high), new HardTanhGradient((float)low, (float)high));

    /// <summary>(x + 3) / 6 limited to [0, 1].</summary>
    public Tensor HardSigmoid() => HardSigmoidFunction.Apply(this);

    /// <summary>x / (1 + |x|).</summary>
    public Tensor Softsign() => SoftsignFunction.Apply(this);

    /// <summary>The arctangent in radians.</summary>
    public Tensor Atan() => AtanFunction.Apply(this);

    /// <summary>x where it is positive, else slope x, with a slope that may be trained: its shape broadcasts with this.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public Tensor PRelu(Tensor slope) => Autograd.PRelu.Apply(this, slope);

    /// <summary>The error function: 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public Tensor Erf() => ErfFunction.Apply(this);

    /// <summary>The largest of each <paramref name="pieces"/> neighbours along axis 1: [B, k m] becomes [B, m], and [B, k m, H, W] becomes [B, m, H, W].</summary>
    /// <exception cref="ArgumentException">There is no axis 1, or it is not a multiple of the number of pieces.</exception>
    public Tensor Maxout(int pieces) => ChannelMaximum.Apply(this, pieces);

    /// <summary>
    /// The smooth maximum along an axis, S_beta = sum_i x_i e^(beta x_i) / sum_i e^(beta x_i): the mean at beta = 0, the maximum as beta grows, the
    /// minimum as it falls (lecture cnn, "Ещё о функциях активации"; Ma et al. 2020).
    /// </summary>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public Tensor SmoothMaximum(double beta, int axis = -1, bool keepDim = false) => Autograd.SmoothMaximum.Apply(this, beta, axis, keepDim);
}
