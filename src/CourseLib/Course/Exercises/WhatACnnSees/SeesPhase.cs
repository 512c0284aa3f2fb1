using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.phase: a filter's strongest answer to a drifting grating, from two gratings (lecture cnn, "Зрительная кора").</summary>
internal static class SeesPhase
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, double, double, double>>(
        "sees.phase", "16-what-a-cnn-sees", Level.Easy, "the strongest answer of all phases", reference: (filter, angle, wavelength) =>
        {
            double Answer(double phase) => (filter * OrientationTuning.Grating(filter.Shape[0], angle, wavelength, phase)).Sum().Item();
            double even = Answer(0), odd = Answer(Math.PI / 2); // at any other phase: even cos(phase) + odd sin(phase)
            return Math.Sqrt((even * even) + (odd * odd));      // two numbers, turned: never longer than the arrow that they make
        })
    {
        Cases =
        [
            new("a filter of 7 x 7, five angles", answer => Ask(answer, Filter(7, 1), 7)),
            new("a filter of 5 x 5, a short wave", answer => Ask(answer, Filter(5, 2), 3.3)),
            new("a filter that is not of mean 0", answer => Ask(answer, Filter(9, 3) + 0.7, 12)),
        ],
        Ideas =
        [
            new("one phase alone", (filter, angle, wavelength) => Math.Abs(Answer(filter, angle, wavelength, 0)),
                "This is the answer at the moment in which a stripe stands in the filter's middle. What if the filter likes an edge there?"),
            new("the larger of two phases", (filter, angle, wavelength) => Math.Max(Math.Abs(Answer(filter, angle, wavelength, 0)), Math.Abs(Answer(filter, angle, wavelength, Math.PI / 2))),
                "The best phase may lie between the two. What is the answer half way between them, when both are equally strong?"),
            new("the sizes of both added", (filter, angle, wavelength) => Math.Abs(Answer(filter, angle, wavelength, 0)) + Math.Abs(Answer(filter, angle, wavelength, Math.PI / 2)),
                "Is there a phase at which cos and sin are both 1? Which is the largest a cos(t) + b sin(t)?"),
            new("the square of the answer", (filter, angle, wavelength) => Math.Pow(Answer(filter, angle, wavelength, 0), 2) + Math.Pow(Answer(filter, angle, wavelength, Math.PI / 2), 2),
                "Double the filter: every answer to it doubles. Does yours?"),
            new("phases that are half a turn apart", (filter, angle, wavelength) => double.Hypot(Answer(filter, angle, wavelength, 0), Answer(filter, angle, wavelength, Math.PI)),
                "Half a turn only turns the sign of the stripes. Does the second number know anything that the first does not?"),
            new("the strongest of 24 phases", (filter, angle, wavelength) => Enumerable.Range(0, 24).Max(n => Math.Abs(Answer(filter, angle, wavelength, Math.PI * n / 24))),
                "Nearly. The best phase lies between two of the 24, and the answer is a little too small. Two gratings are enough for the exact one."),
            new("the mean of the grating left in", (filter, angle, wavelength) => double.Hypot(Raw(filter, angle, wavelength, 0), Raw(filter, angle, wavelength, Math.PI / 2)),
                "A stimulus as bright as it is dark has mean 0. Does your grating? A filter whose weights do not add up to 0 notices."),
        ],
        Alternatives =
        [
            (filter, angle, wavelength) => Enumerable.Range(0, 360).Max(n => Math.Abs(Answer(filter, angle, wavelength, Math.PI * n / 360))),
        ],
        Hints =
        [
            "cos(u + phase) = cos u cos(phase) - sin u sin(phase). So the answer at any phase is made of two numbers: which two gratings give them?",
            "The answer is a cos(phase) + b sin(phase), with a the answer at phase 0 and b the one a quarter of a turn later. Its largest size over all phases is the length of the arrow (a, b).",
        ],
    };

    private static object? Ask(Func<Tensor, double, double, double> answer, Tensor filter, double wavelength) =>
        Enumerable.Range(0, 5).Select(i => answer(filter, 0.1 + (0.6 * i), wavelength)).ToArray();

    private static double Answer(Tensor filter, double angle, double wavelength, double phase) =>
        (filter * OrientationTuning.Grating(filter.Shape[0], angle, wavelength, phase)).Sum().Item();

    private static double Raw(Tensor filter, double angle, double wavelength, double phase)
    {
        double sum = 0, centre = (filter.Shape[0] - 1) / 2.0;
        for (int i = 0; i < filter.Length; i++)
        {
            double x = (i % filter.Shape[0]) - centre, y = (i / filter.Shape[0]) - centre;
            sum += filter.Span[i] * Math.Cos((2 * Math.PI * ((x * Math.Sin(angle)) + (y * Math.Cos(angle))) / wavelength) + phase);
        }

        return sum;
    }

    private static Tensor Filter(int size, ulong seed) => Tensor.RandN([size, size], new Generator(seed));
}
