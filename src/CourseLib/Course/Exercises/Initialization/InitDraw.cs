using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Initialization;

/// <summary>init.draw: Xavier's weights from random numbers (lecture init, "Инициализация: Xavier/Glorot").</summary>
internal static class InitDraw
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor>>(
        "init.draw", "05-initialization", Level.Easy, "weights with Xavier's variance", reference: u =>
        {
            int fanOut = u.Shape[0], fanIn = u.Shape[1];
            double variance = 2.0 / (fanIn + fanOut);
            double bound = Math.Sqrt(3 * variance); // U[-a, a] has variance a^2 / 3
            return ((2 * u) - 1) * bound;
        })
    {
        Cases =
        [
            new("three neurons of five inputs", answer => answer(Numbers(3, 5, 1))),
            new("more neurons than inputs", answer => answer(Numbers(40, 6, 2))),
            new("a square layer", answer => answer(Numbers(8, 8, 3))),
        ],
        Ideas =
        [
            new("the standard deviation taken for the bound", u => ((2 * u) - 1) * Math.Sqrt(2.0 / (u.Shape[0] + u.Shape[1])),
                "Measure the variance of many of your weights. By what factor is it too small?"),
            new("the width of the interval taken for its half", u => ((2 * u) - 1) * Math.Sqrt(24.0 / (u.Shape[0] + u.Shape[1])),
                "Measure the variance of many of your weights. In (b - a)^2 / 12, what are a and b?"),
            new("no negative weights", u => u * Math.Sqrt(6.0 / (u.Shape[0] + u.Shape[1])),
                "All derivations of the lecture use that the weights have a certain mean. What is the mean of yours?"),
            new("the fan-in alone", u => ((2 * u) - 1) * Math.Sqrt(3.0 / u.Shape[1]),
                "This keeps the signal. What does it do to the gradient in a layer that is not square?"),
            new("the fan-out alone", u => ((2 * u) - 1) * Math.Sqrt(3.0 / u.Shape[0]),
                "This keeps the gradient. What does it do to the signal in a layer that is not square?"),
            new("the average of both variances", u => ((2 * u) - 1) * Math.Sqrt(1.5 * ((1.0 / u.Shape[0]) + (1.0 / u.Shape[1]))),
                "Something is averaged in Xavier's rule, but not 1/fan-in and 1/fan-out. What else could be?"),
        ],
        Alternatives = [u => (u - 0.5) * Math.Sqrt(24.0 / (u.Shape[0] + u.Shape[1]))],
        Hints = ["First move and stretch u until it is uniform between -1 and 1; then choose the bound.", "The variance of U[-a, a] is a^2 / 3. Set it equal to Xavier's and solve for a; u.Shape[0] is the fan-out."],
    };

    private static Tensor Numbers(int neurons, int inputs, ulong seed) => Tensor.Rand([neurons, inputs], new Generator(seed));
}
