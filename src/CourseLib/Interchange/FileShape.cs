using System.Globalization;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>Sizes as a file states them, before anybody believes them.</summary>
internal static class FileShape
{
    /// <summary>The shape, once every size and their product are such that a tensor can have them.</summary>
    /// <param name="sizes">The sizes, which may be anything.</param>
    /// <param name="where">File and tensor, for the message.</param>
    /// <exception cref="InterchangeException">A size is negative, there are too many axes, or too many elements even if one of the sizes were not 0.</exception>
    internal static Shape Check(ReadOnlySpan<long> sizes, string where)
    {
        if (sizes.Length > Shape.MaxRank)
        {
            throw new InterchangeException($"{where}: the shape has {sizes.Length} axes; expected at most {Shape.MaxRank}.");
        }

        Span<int> small = stackalloc int[sizes.Length];
        long product = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            // A zero must not hide an absurd size beside it, and the product of two numbers below 2^31 cannot overflow.
            if (sizes[axis] is < 0 or > int.MaxValue || (product *= Math.Max(sizes[axis], 1)) > Shape.MaxLength)
            {
                throw new InterchangeException($"{where}: the shape is {Text(sizes)}; expected sizes from 0 on, of at most {Shape.MaxLength} elements in all.");
            }

            small[axis] = (int)sizes[axis];
        }

        return new Shape(small);
    }

    private static string Text(ReadOnlySpan<long> sizes)
    {
        string[] parts = new string[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            parts[i] = sizes[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"({string.Join(", ", parts)})";
    }
}
