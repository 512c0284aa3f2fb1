using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>One element of each row: y_i = x[i, t_i], or 0 for a row whose t_i names no column. The gradient goes where the element was.</summary>
internal sealed class PickFunction : Function
{
    public override string Name => "Pick";

    /// <param name="x">[B, C].</param>
    /// <param name="columns">Column indices [B] as floats, checked by the caller; numbers that are no index skip their row.</param>
    internal static Tensor Apply(Tensor x, Tensor columns)
    {
        Tensor y = Tensor.Empty(columns.Shape);
        for (int row = 0; row < y.Length; row++)
        {
            y.Span[row] = Place(x, columns, row) is >= 0 and int place ? x.Span[place] : 0;
        }

        Record<PickFunction>(y, x, columns);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (!Needs(0))
        {
            return;
        }

        Span<float> dx = Gradient(0, out bool accumulate);
        if (!accumulate)
        {
            dx.Clear();
        }

        for (int row = 0; row < dy.Length; row++)
        {
            if (Place(Input(0), Input(1), row) is >= 0 and int place)
            {
                dx[place] += dy[row];
            }
        }
    }

    private static int Place(Tensor x, Tensor columns, int row)
    {
        float column = columns.Span[row];
        return column >= 0 && column < x.Shape[1] ? (row * x.Shape[1]) + (int)column : -1;
    }
}
