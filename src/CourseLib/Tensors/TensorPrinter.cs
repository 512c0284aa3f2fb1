using System.Globalization;
using System.Text;

namespace CourseLib.Tensors;

/// <summary>Writes a tensor for a reader: aligned columns, nested brackets, and dots where there is too much of it.</summary>
internal static class TensorPrinter
{
    /// <summary>Axes longer than twice this are cut to their first and last elements.</summary>
    private const int Edge = 3;

    /// <summary>Tensors of up to this many elements are written whole.</summary>
    private const int WholeUpTo = 100;

    /// <summary>The text, for example <c>Tensor (2, 2)</c> with the rows below it.</summary>
    internal static string Print(Tensor tensor)
    {
        StringBuilder text = new();
        text.Append("Tensor ").Append(tensor.Shape.ToString());

        if (tensor.Length == 0)
        {
            return text.Append(" []").ToString();
        }

        if (tensor.Rank == 0)
        {
            return text.Append(' ').Append(Number(tensor.Item())).ToString();
        }

        Func<float, string> format = Format(tensor);
        int width = Shown(tensor).Max(value => format(value).Length);
        text.Append('\n');
        Write(text, tensor, 0, 0, value => format(value).PadLeft(width));
        return text.ToString();
    }

    /// <summary>One number in at most six significant digits, invariant culture.</summary>
    internal static string Number(float value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>The indices along an axis that are shown; -1 stands for the dots.</summary>
    internal static IEnumerable<int> Indices(Tensor tensor, int axis)
    {
        int size = tensor.Shape[axis];
        bool whole = tensor.Length <= WholeUpTo || size <= 2 * Edge;
        return whole
            ? Enumerable.Range(0, size)
            : Enumerable.Range(0, Edge).Append(-1).Concat(Enumerable.Range(size - Edge, Edge));
    }

    /// <summary>One format for all the numbers shown: integers, four decimals, or powers of ten when sizes differ too much.</summary>
    internal static Func<float, string> Format(Tensor tensor)
    {
        float[] finite = [.. Shown(tensor).Where(float.IsFinite)];
        float largest = finite.Length == 0 ? 0 : finite.Max(MathF.Abs);
        string format;
        if (finite.All(value => value == MathF.Round(value)) && largest < 1e6f)
        {
            format = "0";
        }
        else
        {
            float smallest = finite.Where(value => value != 0).Select(MathF.Abs).DefaultIfEmpty(1).Min();
            format = largest >= 1e5f || largest < 1e-3f || smallest < 1e-4f * MathF.Min(1, largest) ? "0.000e+00" : "0.0000";
        }

        return value => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<float> Shown(Tensor tensor, int axis = 0, int offset = 0)
    {
        foreach (int index in Indices(tensor, axis).Where(index => index >= 0))
        {
            int at = (offset * tensor.Shape[axis]) + index;
            if (axis == tensor.Rank - 1)
            {
                yield return tensor.Span[at];
            }
            else
            {
                foreach (float value in Shown(tensor, axis + 1, at))
                {
                    yield return value;
                }
            }
        }
    }

    private static void Write(StringBuilder text, Tensor tensor, int axis, int offset, Func<float, string> format)
    {
        bool innermost = axis == tensor.Rank - 1;
        string separator = innermost ? ", " : ",\n" + new string(' ', axis + 1);
        text.Append('[');
        bool isFirst = true;
        foreach (int index in Indices(tensor, axis))
        {
            text.Append(isFirst ? "" : separator);
            isFirst = false;
            int at = (offset * tensor.Shape[axis]) + index;
            if (index < 0)
            {
                text.Append('…');
            }
            else if (innermost)
            {
                text.Append(format(tensor.Span[at]));
            }
            else
            {
                Write(text, tensor, axis + 1, at, format);
            }
        }

        text.Append(']');
    }
}
