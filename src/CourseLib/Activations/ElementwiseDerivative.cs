using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>The derivative of an activation as a function: for charts and tables (lecture intro, "Функции активации", has it beside each formula).</summary>
public static class ElementwiseDerivative
{
    /// <summary>f'(x) at each element of x, found by a backward pass. Parameters of the activation receive gradients too, as in any pass.</summary>
    /// <param name="activation">A module that works element by element.</param>
    /// <param name="x">Where; it is left as it is.</param>
    /// <exception cref="ArgumentException">The output has another shape than the input.</exception>
    public static Tensor Derivative(this Module activation, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return Of(activation.Forward, x);
    }

    /// <summary>f'(x) at each element of x, for a function written with tensors: <c>ElementwiseDerivative.Of(x => x.Tanh().Square(), x)</c>.</summary>
    /// <exception cref="ArgumentException">The output has another shape than the input.</exception>
    public static Tensor Of(Func<Tensor, Tensor> f, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Tensor at = x.Clone().AsParameter();
        Tensor y = f(at);
        if (y.Shape != at.Shape)
        {
            throw new ArgumentException($"Derivative: expected a function of each element, but shape {at.Shape} became {y.Shape}.", nameof(f));
        }

        // dy_i/dx_j is 0 for i != j, so the gradient of the sum is the derivative of each.
        y.Sum().Backward();
        return at.HasGrad ? at.Grad.Clone() : Tensor.Zeros(Shape.AsSpan(at.Shape));
    }
}
