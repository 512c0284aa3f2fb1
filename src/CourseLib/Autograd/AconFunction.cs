using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = (p1 - p2) x sigmoid(beta (p1 - p2) x) + p2 x with tensors p1, p2 and beta, broadcast; one kernel forward and one back (<see cref="AconPlanes"/> has the derivatives).</summary>
internal sealed class AconFunction : Function
{
    private const int X = 0, P1 = 1, P2 = 2, Beta = 3;

    internal static Tensor Apply(Tensor x, Tensor p1, Tensor p2, Tensor beta)
    {
        Shape shape = Shape.Broadcast("Acon", Shape.Broadcast("Acon", x.Shape, p1.Shape), Shape.Broadcast("Acon", p2.Shape, beta.Shape));
        x = x.Shape == shape ? x : Expanded(x, shape);
        (p1, p2, beta) = (Fitting(p1, shape), Fitting(p2, shape), Fitting(beta, shape));
        Tensor y = Tensor.Empty(shape);
        if (y.Length > 0)
        {
            AconPlanes.Forward(PlaneLayout.Sizes(shape), x.Span, PlaneLayout.Operand(p1, shape), PlaneLayout.Operand(p2, shape), PlaneLayout.Operand(beta, shape), y.Span);
        }

        Record<AconFunction>(y, x, p1, p2, beta);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Shape shape = Output.Shape;
        Tensor terms1 = TermsOf(P1), terms2 = TermsOf(P2), termsBeta = TermsOf(Beta);
        bool accumulate = false;
        Span<float> dx = Needs(X) ? Gradient(X, out accumulate) : default;
        if (dy.Length > 0)
        {
            AconPlanes.Backward(
                PlaneLayout.Sizes(shape), Input(X).Span, PlaneLayout.Operand(Input(P1), shape), PlaneLayout.Operand(Input(P2), shape),
                PlaneLayout.Operand(Input(Beta), shape), dy, dx, Span(terms1), Span(terms2), Span(termsBeta), accumulate);
        }

        Bring(P1, terms1);
        Bring(P2, terms2);
        Bring(Beta, termsBeta);
    }

    private static Tensor Fitting(Tensor parameter, in Shape shape) => PlaneLayout.Fits(parameter.Shape, shape) ? parameter : Expanded(parameter, shape);

    private static Tensor Expanded(Tensor tensor, in Shape shape) => tensor + Tensor.Zeros(shape);

    private static Span<float> Span(Tensor terms) => terms.IsDefault ? default : terms.Span;

    private Tensor TermsOf(int index) => !Needs(index) ? default : Tensor.Empty(PlaneLayout.IsPerElement(Input(index).Shape, Output.Shape) ? Output.Shape : PlaneLayout.Planes(Output.Shape));

    // Planes or elements that share a parameter: their gradients add up.
    private void Bring(int index, Tensor terms)
    {
        if (!terms.IsDefault)
        {
            Span<float> target = Gradient(index, out bool accumulate);
            Broadcasting.SumTo(terms.Span, terms.Shape, target, Input(index).Shape, accumulate);
        }
    }
}
