using System.Globalization;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>
/// Small sets of points to look at: inputs [N, 2] and class indices [N], unless said otherwise. Classes take turns (item i is of class i mod
/// k), so every part of a set has as many of each; but along a moon, an arm, a ring or a curve the items lie in order, so that a part that is cut
/// off in order holds its end alone: give <see cref="Dataset.Split"/> a generator. The random numbers come from <see cref="Generator.Default"/>
/// when no generator is given.
/// </summary>
public static partial class ToySets
{
    /// <summary>Round clouds: the centres stand evenly on a circle of radius 2 around the origin, the first one on the right.</summary>
    /// <param name="count">N.</param>
    /// <param name="classes">Number of clouds.</param>
    /// <param name="spread">Standard deviation of a cloud in x and in y.</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Blobs(int count, int classes = 3, float spread = 0.5f, Generator? generator = null) =>
        Points(nameof(Blobs), count, classes, spread, generator, (label, _, _) =>
        {
            double angle = 2 * Math.PI * label / classes;
            return (2 * Math.Cos(angle), 2 * Math.Sin(angle));
        });

    /// <summary>Two half circles of radius 1 that reach into each other: class 0 the upper one around (0, 0), class 1 the lower one around (1, 0.5).</summary>
    /// <param name="count">N.</param>
    /// <param name="noise">Standard deviation in x and in y.</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Moons(int count, float noise = 0.1f, Generator? generator = null) =>
        Points(nameof(Moons), count, 2, noise, generator, (label, share, _) =>
        {
            (double sin, double cos) = Math.SinCos(Math.PI * share);
            return label == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
        });

    /// <summary>Arms that wind around the origin, radius 0.1 to 1: no straight line separates them, and no circle.</summary>
    /// <param name="count">N.</param>
    /// <param name="classes">Number of arms.</param>
    /// <param name="turns">How often an arm goes around.</param>
    /// <param name="noise">Standard deviation in x and in y.</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Spirals(int count, int classes = 3, float turns = 0.75f, float noise = 0.03f, Generator? generator = null) =>
        Points(nameof(Spirals), count, classes, noise, generator, (label, share, _) =>
        {
            double radius = 0.1 + 0.9 * share;
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (turns * share + (double)label / classes));
            return (radius * cos, radius * sin);
        });

    /// <summary>Two rings around the origin: class 0 of radius 1, class 1 inside it.</summary>
    /// <param name="count">N.</param>
    /// <param name="inner">Radius of the inner ring.</param>
    /// <param name="noise">Standard deviation in x and in y.</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Circles(int count, float inner = 0.5f, float noise = 0.08f, Generator? generator = null) =>
        Points(nameof(Circles), count, 2, noise, generator, (label, _, turn) =>
        {
            // Evenly around, the last point before the first one again.
            (double sin, double cos) = Math.SinCos(2 * Math.PI * turn / ((count + 1) / 2));
            float radius = label == 0 ? 1 : inner;
            return (radius * cos, radius * sin);
        });

    /// <summary>Four clouds at the corners (±1, ±1); class 1 where the signs differ. What a perceptron cannot learn (Minsky and Papert 1969).</summary>
    /// <param name="count">N.</param>
    /// <param name="noise">Standard deviation of a cloud in x and in y; 0 gives the four points of the truth table.</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Xor(int count, float noise = 0.2f, Generator? generator = null) =>
        Points(nameof(Xor), count, 2, noise, generator, (label, _, turn) =>
        {
            int x = turn % 2 == 0 ? -1 : 1;
            return (x, label == 0 ? x : -x);
        });

    /// <summary>Points of the square -1 … 1 that a line separates: evenly spread, none nearer to the line than a gap. Targets [N] of -1 and 1, the side, for a perceptron.</summary>
    /// <param name="count">N.</param>
    /// <param name="line">w_0, w_1, w_2 of the line w_0 + w_1 x_1 + w_2 x_2 = 0.</param>
    /// <param name="gap">The least |w_0 + w_1 x_1 + w_2 x_2|, in units of w.</param>
    /// <param name="generator">Source of randomness.</param>
    /// <exception cref="ArgumentException">The line has not three numbers, or hardly a point of the square is that far from it.</exception>
    public static Dataset Separable(int count, ReadOnlySpan<double> line, double gap = 0.1, Generator? generator = null)
    {
        Check(nameof(Separable), count, 2, 0);
        if (line.Length != 3)
        {
            throw new ArgumentException($"ToySets.Separable: expected w_0, w_1, w_2 of a line, got {line.Length} numbers.", nameof(line));
        }

        generator ??= Generator.Default;
        (Tensor inputs, Tensor targets) = (Rows.Ordinary(count, 2), Rows.Ordinary(count));
        int found = 0;
        for (int tries = 0; found < count; tries++)
        {
            if (tries > 1000 * (count + 10))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"ToySets.Separable: expected a gap that leaves room in the square -1 … 1, got {gap}."), nameof(gap));
            }

            (double x, double y) = ((2 * generator.NextSingle()) - 1, (2 * generator.NextSingle()) - 1);
            double side = line[0] + (line[1] * x) + (line[2] * y);
            if (Math.Abs(side) >= gap && side != 0)
            {
                (inputs.Span[2 * found], inputs.Span[(2 * found) + 1], targets.Span[found]) = ((float)x, (float)y, Math.Sign(side));
                found++;
            }
        }

        return new Dataset(inputs, targets);
    }

    /// <summary>A curve with noise: inputs [N, 1] evenly from -1 to 1, targets [N, 1] = function(x) + noise.</summary>
    /// <param name="count">N.</param>
    /// <param name="noise">Standard deviation of the targets.</param>
    /// <param name="function">The curve; null for sin(3x).</param>
    /// <param name="generator">Source of randomness.</param>
    public static Dataset Regression1D(int count, float noise = 0.1f, Func<float, float>? function = null, Generator? generator = null)
    {
        Check(nameof(Regression1D), count, 1, noise);
        function ??= x => MathF.Sin(3 * x);
        (Tensor inputs, Tensor targets) = (Rows.Ordinary(count, 1), Rows.Ordinary(count, 1));
        (generator ?? Generator.Default).Normal(targets.Span, 0, noise);
        for (int i = 0; i < count; i++)
        {
            float x = count == 1 ? 0 : -1 + 2f * i / (count - 1);
            inputs.Span[i] = x;
            targets.Span[i] += function(x);
        }

        return new Dataset(inputs, targets);
    }

    // Place: of a class, how far along the class's own line (0 to 1), and which item of its class.
    private static Dataset Points(string name, int count, int classes, float noise, Generator? generator, Func<int, double, int, (double X, double Y)> place)
    {
        Check(name, count, classes, noise);
        (Tensor inputs, Tensor targets) = (Rows.Ordinary(count, 2), Rows.Ordinary(count));
        (generator ?? Generator.Default).Normal(inputs.Span, 0, noise);
        int perClass = (count + classes - 1) / classes;
        for (int i = 0; i < count; i++)
        {
            (int label, int turn) = (i % classes, i / classes);
            (double x, double y) = place(label, perClass == 1 ? 0.5 : turn / (double)(perClass - 1), turn);
            inputs.Span[2 * i] += (float)x;
            inputs.Span[2 * i + 1] += (float)y;
            targets.Span[i] = label;
        }

        return new Dataset(inputs, targets);
    }

    private static void Check(string name, int count, int classes, float noise)
    {
        if (count < 1 || classes < 1 || !(noise >= 0))
        {
            throw new ArgumentException($"ToySets.{name}: expected a count and a number of classes of at least 1 and a noise of at least 0, got {count}, {classes} and {noise.ToString(CultureInfo.InvariantCulture)}.", nameof(count));
        }
    }
}
