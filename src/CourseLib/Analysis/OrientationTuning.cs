using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// What Hubel and Wiesel measured on simple cells, measured on a filter: how strongly it answers to a grating by the grating's angle (lecture cnn,
/// "Зрительная кора"; Hubel and Wiesel 1962). Filters of a trained first layer are tuned like cells of V1.
/// </summary>
public static class OrientationTuning
{
    private const int Phases = 24;

    /// <summary>A grating cos(2 pi (x sin a + y cos a) / wavelength + phase) of mean 0: its stripes lie along the x axis at angle 0 and turn with the angle.</summary>
    /// <param name="size">Rows and columns.</param>
    /// <param name="angle">Of the stripes, in radians; a and a + pi are the same.</param>
    /// <param name="wavelength">Pixels from stripe to stripe.</param>
    /// <param name="phase">Where the first stripe lies, in radians.</param>
    /// <returns>[size, size].</returns>
    public static Tensor Grating(int size, double angle, double wavelength, double phase = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wavelength);
        Tensor grating = Tensor.Empty(size, size);
        double centre = (size - 1) / 2.0, mean = 0;
        for (int i = 0; i < grating.Length; i++)
        {
            double across = ((i % size) - centre) * Math.Sin(angle), down = ((i / size) - centre) * Math.Cos(angle);
            grating.Span[i] = (float)Math.Cos((2 * Math.PI * (across + down) / wavelength) + phase);
            mean += grating.Span[i] / (double)grating.Length;
        }

        foreach (ref float value in grating.Span)
        {
            value -= (float)mean;
        }

        return grating;
    }

    /// <summary>The filter's answers to gratings of angles 0, pi / angles, …: for each the largest |&lt;filter, grating&gt;| over the phases, as a cell in a moving grating shows it.</summary>
    /// <param name="filter">[k, k].</param>
    /// <param name="angles">How many angles over half a turn.</param>
    /// <param name="wavelength">Of the gratings, in pixels; the filter's side when 0.</param>
    /// <exception cref="ArgumentException">The filter is not square.</exception>
    public static double[] Curve(Tensor filter, int angles = 36, double wavelength = 0)
    {
        if (filter.Rank != 2 || filter.Shape[0] != filter.Shape[1])
        {
            throw new ArgumentException($"OrientationTuning: expected a square filter [k, k], got shape {filter.Shape}.", nameof(filter));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(angles, 2);
        double[] curve = new double[angles];
        for (int angle = 0; angle < angles; angle++)
        {
            for (int phase = 0; phase < Phases; phase++)
            {
                Tensor grating = Grating(filter.Shape[0], Math.PI * angle / angles, wavelength > 0 ? wavelength : filter.Shape[0], Math.PI * phase / Phases);
                double answer = 0;
                for (int i = 0; i < filter.Length; i++)
                {
                    answer += (double)filter.Span[i] * grating.Span[i];
                }

                curve[angle] = Math.Max(curve[angle], Math.Abs(answer));
            }
        }

        return curve;
    }

    /// <summary>The angle with the strongest answer, in radians from 0 to pi.</summary>
    public static double Preferred(IReadOnlyList<double> curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Math.PI * curve.Index().MaxBy(entry => entry.Item).Index / curve.Count;
    }

    /// <summary>Selectivity 1 - weakest / strongest answer: 0 for a filter that sees all angles alike, 1 for one that is blind to some.</summary>
    public static double Selectivity(IReadOnlyList<double> curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve.Max() > 0 ? 1 - (curve.Min() / curve.Max()) : 0;
    }

    /// <summary>
    /// Selectivity by all angles: 1 - circular variance = |sum_a r(a) exp(2 i a)| / sum_a r(a), 0 for equal answers, 1 for an answer to one angle alone
    /// (Ringach, Shapley, Hawken 2002). One noisy angle moves it less than <see cref="Selectivity"/>.
    /// </summary>
    /// <param name="curve">Answers to angles 0, pi / n, ….</param>
    public static double MeanVector(IReadOnlyList<double> curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double across = 0, along = 0, sum = 0;
        for (int i = 0; i < curve.Count; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / curve.Count);
            (across, along, sum) = (across + (curve[i] * sin), along + (curve[i] * cos), sum + curve[i]);
        }

        return sum > 0 ? Math.Sqrt((across * across) + (along * along)) / sum : 0;
    }
}
