using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Data;

/// <content>Normal clouds of any size anywhere.</content>
public static partial class ToySets
{
    /// <summary>Round normal clouds around given centres, of as many items as each is told: rare classes, overlapping ones, classes in a row. One cloud after the other, so shuffle what is cut off in order.</summary>
    /// <param name="centres">One point for each class, all of one dimension d.</param>
    /// <param name="counts">The number of items of each class.</param>
    /// <param name="spread">Standard deviation along each axis.</param>
    /// <param name="generator">Source of randomness.</param>
    /// <returns>Inputs [N, d] and class indices [N].</returns>
    /// <exception cref="ArgumentException">There is no class, the centres differ in dimension, there is not one count for each centre, or a count or the spread is negative.</exception>
    public static Dataset Clouds(double[][] centres, int[] counts, float spread = 1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(centres);
        ArgumentNullException.ThrowIfNull(counts);
        if (centres.Length == 0 || centres[0].Length == 0 || centres.Any(centre => centre.Length != centres[0].Length))
        {
            throw new ArgumentException($"ToySets.Clouds: expected at least one centre and all of one dimension, got dimensions [{string.Join(", ", centres.Select(centre => centre.Length))}].", nameof(centres));
        }

        if (counts.Length != centres.Length || counts.Any(count => count < 0))
        {
            throw new ArgumentException($"ToySets.Clouds: expected {centres.Length} counts of at least 0, one for each centre, got [{string.Join(", ", counts)}].", nameof(counts));
        }

        Check(nameof(Clouds), counts.Sum(), centres.Length, spread);
        (Tensor inputs, Tensor targets) = (Rows.Ordinary(counts.Sum(), centres[0].Length), Rows.Ordinary(counts.Sum()));
        (generator ?? Generator.Default).Normal(inputs.Span, 0, spread);
        int item = 0;
        for (int label = 0; label < centres.Length; label++)
        {
            for (int i = 0; i < counts[label]; i++, item++)
            {
                targets.Span[item] = label;
                for (int axis = 0; axis < centres[label].Length; axis++)
                {
                    inputs[item, axis] += (float)centres[label][axis];
                }
            }
        }

        return new Dataset(inputs, targets);
    }
}
