using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// The whole Jacobian (матрица Якоби) of a function of a tensor: the table that backpropagation never forms, made to be looked at
/// (lecture intro, "Backpropagation. В чем проблема?", there the "four-dimensional cube").
/// </summary>
public static class Jacobian
{
    /// <summary>The derivative of every output by every input [outputs, inputs], both flattened: one backward pass for each output, which gives one row.</summary>
    /// <param name="function">Any differentiable function of the input; it must give the same result each time.</param>
    /// <param name="at">Where to take it. The tensor itself gets no gradient.</param>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor at)
    {
        ArgumentNullException.ThrowIfNull(function);
        Tensor input = at.Clone().AsParameter();
        int outputs = function(input).Length;
        Tensor jacobian = Tensor.Zeros(outputs, input.Length);
        for (int row = 0; row < outputs; row++)
        {
            input.ZeroGrad();
            Tensor output = function(input);
            Tensor only = Tensor.Zeros(output.Shape);
            only.Span[row] = 1;
            output.Backward(only);
            if (input.HasGrad)
            {
                input.Grad.Span.CopyTo(jacobian.Span.Slice(row * input.Length, input.Length));
            }
        }

        return jacobian;
    }
}
