using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>The slow arithmetic that the properties compare with: an index for each axis, one element after the other, sums in double.</summary>
internal static class Places
{
    /// <summary>The indices of the element that stands at <paramref name="flat"/> in row-major order.</summary>
    internal static int[] Of(int flat, in Shape shape)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = flat % shape[axis];
            flat /= shape[axis];
        }

        return index;
    }

    /// <summary>Where an element stands in row-major order.</summary>
    internal static int Flat(int[] index, in Shape shape)
    {
        int flat = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            flat = (flat * shape[axis]) + index[axis];
        }

        return flat;
    }

    /// <summary>Where the operand's element stands that broadcasting brings to <paramref name="index"/> of the result.</summary>
    internal static int Broadcast(int[] index, in Shape operand)
    {
        int flat = 0;
        int skipped = index.Length - operand.Rank;
        for (int axis = 0; axis < operand.Rank; axis++)
        {
            flat = (flat * operand[axis]) + (operand[axis] == 1 ? 0 : index[axis + skipped]);
        }

        return flat;
    }

    /// <summary>A copy with one index replaced.</summary>
    internal static int[] With(int[] index, int axis, int value)
    {
        int[] changed = [.. index];
        changed[axis] = value;
        return changed;
    }

    /// <summary>Sums of floats may differ from those in double by a few units in the last place of what was added.</summary>
    internal static void Close(double[] expected, double[] magnitude, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= 2e-6 * (magnitude[i] + 1e-3), $"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
