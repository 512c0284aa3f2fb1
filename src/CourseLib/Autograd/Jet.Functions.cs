using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <content>Functions of each element: f, f' and f'' of each in one place.</content>
public sealed partial class Jet
{
    /// <summary>e^u; all derivatives are e^u.</summary>
    public Jet Exp()
    {
        Tensor y = Value.Exp();
        return Chain(y, y, y);
    }

    /// <summary>ln u; 1/u, -1/u^2.</summary>
    public Jet Log()
    {
        Tensor slope = 1 / Value;
        return Chain(Value.Log(), slope, -slope.Square());
    }

    /// <summary>The square root y; 1/(2y), -1/(4 y^3).</summary>
    public Jet Sqrt()
    {
        Tensor y = Value.Sqrt();
        Tensor slope = 0.5 / y;
        return Chain(y, slope, slope / Value * -0.5);
    }

    /// <summary>u^2; 2u, 2.</summary>
    public Jet Square() => Chain(Value.Square(), Value * 2, Tensor.Full(2, Value.Shape));

    /// <summary>u^p for a constant p; p u^(p-1), p (p-1) u^(p-2).</summary>
    public Jet Pow(double exponent) => exponent switch
    {
        0 => Constant(Tensor.Ones(Value.Shape)),
        1 => this,
        2 => Square(),
        _ => Chain(Value.Pow(exponent), Value.Pow(exponent - 1) * exponent, Value.Pow(exponent - 2) * (exponent * (exponent - 1))),
    };

    /// <summary>y = 1/u; -y^2, 2 y^3.</summary>
    public Jet Reciprocal()
    {
        Tensor y = 1 / Value;
        Tensor square = y.Square();
        return Chain(y, -square, square * y * 2);
    }

    /// <summary>sin u; cos u, -sin u.</summary>
    public Jet Sin()
    {
        Tensor y = Value.Sin();
        return Chain(y, Value.Cos(), -y);
    }

    /// <summary>cos u; -sin u, -cos u.</summary>
    public Jet Cos()
    {
        Tensor y = Value.Cos();
        return Chain(y, -Value.Sin(), -y);
    }

    /// <summary>y = tanh u; 1 - y^2, -2 y (1 - y^2).</summary>
    public Jet Tanh()
    {
        Tensor y = Value.Tanh();
        Tensor slope = 1 - y.Square();
        return Chain(y, slope, y * slope * -2);
    }

    /// <summary>y = 1/(1 + e^-u); y (1 - y), y (1 - y) (1 - 2y). 1 - y is computed as the sigmoid of -u, which keeps its digits where y is near 1.</summary>
    public Jet Sigmoid()
    {
        Tensor y = Value.Sigmoid();
        Tensor slope = y * (-Value).Sigmoid();
        return Chain(y, slope, slope * (1 - (y * 2)));
    }

    /// <summary>ln(1 + e^(beta u)) / beta; s = sigmoid(beta u), beta s (1 - s).</summary>
    public Jet Softplus(double beta = 1, double threshold = 20)
    {
        Tensor scaled = Value * beta;
        Tensor slope = scaled.Sigmoid();
        return Chain(Value.Softplus(beta, threshold), slope, slope * (-scaled).Sigmoid() * beta);
    }

    /// <summary>The error function; g = 2/sqrt(pi) e^(-u^2), -2 u g.</summary>
    public Jet Erf()
    {
        Tensor slope = (-Value.Square()).Exp() * (2 / Math.Sqrt(Math.PI));
        return Chain(Value.Erf(), slope, Value * slope * -2);
    }

    /// <summary>u s(beta u) with s the sigmoid: a product.</summary>
    public Jet Swish(double beta) => this * (this * beta).Sigmoid();

    /// <summary>u s(u) with s the sigmoid.</summary>
    public Jet Silu() => Swish(1);

    /// <summary>u tanh(ln(1 + e^u)).</summary>
    public Jet Mish() => this * Softplus().Tanh();

    /// <summary>u Phi(u), with Phi(u) = (1 + erf(u / sqrt 2)) / 2; with <paramref name="tanh"/> the approximation u (1 + tanh(sqrt(2/pi) (u + 0.044715 u^3))) / 2.</summary>
    public Jet Gelu(bool tanh = false)
    {
        // (1 + tanh w) / 2 is the sigmoid of 2 w, whose derivatives keep their digits far out.
        Jet share = tanh ? ((this + (Pow(3) * 0.044715)) * Math.Sqrt(8 / Math.PI)).Sigmoid() : ((this * Math.Sqrt(0.5)).Erf() + 1) * 0.5;
        return this * share;
    }

    /// <summary>max(0, u); 1 where u is positive, else 0. For first derivatives only.</summary>
    /// <exception cref="InvalidOperationException">This jet carries second derivatives.</exception>
    public Jet Relu() => LeakyRelu(0);

    /// <summary>u where it is positive, else slope u; the derivative is 1 there, else slope. For first derivatives only.</summary>
    /// <remarks>
    /// The second derivative is 0 except at the kink, where there is none. A network of such pieces has second derivatives 0 at almost every point, whatever its weights, so that a
    /// residual with u_ii would see a straight line in every curve, and training would be wrong without a sign of it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This jet carries second derivatives.</exception>
    public Jet LeakyRelu(double slope = 0.01)
    {
        if (HasSecond)
        {
            throw new InvalidOperationException("Jet: a ReLU has no useful second derivative, it is 0 beside the kink and none at it; use a smooth activation (Tanh, Softplus, SiLU), or Jet.Of(x, []) for first derivatives alone.");
        }

        Tensor slopes = Tensor.Empty(Value.Shape);
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes.Span[i] = Value.Span[i] > 0 ? 1 : (float)slope;
        }

        return Chain(slope == 0 ? Value.Relu() : Value.LeakyRelu(slope), slopes, null);
    }
}
