using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>Which count of connections a rule keeps the variance for.</summary>
public enum FanMode
{
    /// <summary>Connections into a neuron: keeps the variance of activations on the way forward.</summary>
    In,

    /// <summary>Connections out of a neuron: keeps the variance of gradients on the way backward.</summary>
    Out,
}

/// <summary>The shape of the distribution that a rule draws from; its variance is the rule's.</summary>
public enum Distribution
{
    /// <summary>U[-sqrt(3 Var), sqrt(3 Var)].</summary>
    Uniform,

    /// <summary>N(0, Var).</summary>
    Normal,
}

/// <summary>How many connections lead into and out of a neuron of a weight tensor.</summary>
public static class Fans
{
    /// <summary>Fan-in and fan-out of weights [out, in] or [out, in, kernel height, kernel width]; a convolution counts each position of its kernel.</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
    public static (int In, int Out) Of(Tensor weight) => Of(weight, nameof(Fans));

    /// <summary>The same for a rule, which the error then names.</summary>
    internal static (int In, int Out) Of(Tensor weight, string rule)
    {
        Shape shape = weight.Shape;
        if (shape.Rank < 2)
        {
            throw new ArgumentException($"{rule}: expected weights of at least two axes (out, in, …), got shape {shape}.", nameof(weight));
        }

        int window = shape.Product(2, shape.Rank);
        return (shape[1] * window, shape[0] * window);
    }
}
