using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = x W^T + b for x [B, n], W [m, n], b [m]. dL/dx = dL/dy W, dL/dW = (dL/dy)^T x, dL/db = the sum of dL/dy over the batch.</summary>
internal sealed class LinearFunction : Function
{
    public override string Name => "Linear";

    /// <param name="x">[B, n].</param>
    /// <param name="weight">[m, n].</param>
    /// <param name="bias">[m], or null.</param>
    /// <param name="rectify">Whether a ReLU follows, at the store. There is no way back through it: only where nothing is recorded.</param>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, bool rectify = false)
    {
        if (x.Rank != 2 || weight.Rank != 2 || x.Shape[1] != weight.Shape[1])
        {
            throw new ArgumentException($"Linear: expected an input of shape (batch, {(weight.Rank == 2 ? weight.Shape[1] : "n")}) for a weight of shape {weight.Shape}, got {x.Shape}.", nameof(x));
        }

        (int batch, int inputs, int outputs) = (x.Shape[0], x.Shape[1], weight.Shape[0]);
        if (bias is { } given && (given.Rank != 1 || given.Length != outputs))
        {
            throw new ArgumentException($"Linear: expected a bias of shape ({outputs},), got {given.Shape}.", nameof(bias));
        }

        Tensor y = Tensor.Empty([batch, outputs]);
        Gemm.Linear(x.Span, weight.Span, bias is { } b ? b.Span : [], y.Span, batch, inputs, outputs, rectify);
        _ = bias is { } recorded ? Record<LinearFunction>(y, x, weight, recorded) : Record<LinearFunction>(y, x, weight);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Tensor x = Input(0);
        Tensor weight = Input(1);
        (int batch, int inputs, int outputs) = (x.Shape[0], x.Shape[1], weight.Shape[0]);
        if (Needs(1))
        {
            Span<float> dWeight = Gradient(1, out bool accumulate);
            Gemm.Multiply(dy, true, x.Span, false, dWeight, outputs, inputs, batch, accumulate);
        }

        if (InputCount > 2 && Needs(2))
        {
            Span<float> dBias = Gradient(2, out bool accumulate);
            Reductions.SumColumns(dy, batch, outputs, dBias, accumulate);
        }

        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            Gemm.Multiply(dy, false, weight.Span, false, dx, batch, inputs, outputs, accumulate);
        }
    }
}
