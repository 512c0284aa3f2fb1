using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.width: how far a grating may be turned until a simple cell answers half as strongly (lecture cnn, "Зрительная кора").</summary>
internal static class SeesWidth
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double>>(
        "sees.width", "16-what-a-cnn-sees", Level.Medium, "how picky is a cell?", reference: (sigma, wavelength) =>
        {
            Tensor cell = OrientationTuning.Grating(41, 0, wavelength); // a grating of angle 0, and the window on it
            for (int i = 0; i < cell.Length; i++)
            {
                int x = (i % 41) - 20, y = (i / 41) - 20;
                cell.Span[i] *= (float)Math.Exp(-((x * x) + (y * y)) / (2 * sigma * sigma));
            }

            double Answer(double angle) => (cell * OrientationTuning.Grating(41, angle, wavelength)).Sum().Item(); // phase 0 is the best one here
            double low = 0, high = Math.PI / 2;
            while (high - low > 1e-3)
            {
                double middle = (low + high) / 2;
                (low, high) = Answer(middle) > Answer(0) / 2 ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        })
    {
        Cases =
        [
            new("σ = 4, wavelength 8", answer => answer(4, 8), tolerance: 0.03),
            new("a larger window", answer => answer(6, 8), tolerance: 0.03),
            new("a smaller window", answer => answer(3, 8), tolerance: 0.03),
            new("another wavelength", answer => answer(4, 6), tolerance: 0.03),
        ],
        Ideas =
        [
            new("the whole width", (sigma, wavelength) => 2 * Turn(Math.Log(2) / 2, sigma, wavelength),
                "From the angle on one side to the one on the other it is twice as far as from the top. Which of the two is asked for?"),
            new("half of the width", (sigma, wavelength) => Turn(Math.Log(2) / 2, sigma, wavelength) / 2,
                "In the formula stands the sine of half the angle. Turn the grating by what you found: is the answer half as strong?"),
            new("degrees", (sigma, wavelength) => Turn(Math.Log(2) / 2, sigma, wavelength) * 180 / Math.PI,
                "In which unit does Grating take its angle?"),
            new("fallen to 1/e", (sigma, wavelength) => Turn(0.5, sigma, wavelength),
                "At this angle a Gaussian's exponent is -1. How strong is the answer there, compared with the best one?"),
            new("half of the squared answer", (sigma, wavelength) => Turn(Math.Log(2) / 4, sigma, wavelength),
                "At this angle the answer is 0.71 of the best one. Its square is the half."),
            new("the factor 2 in the exponent forgotten", (sigma, wavelength) => Turn(Math.Log(2), sigma, wavelength),
                "Turn the grating by what you found, and measure: the answer is a quarter of the best one."),
            new("the wavelength does not count", (sigma, _) => Turn(Math.Log(2) / 2, sigma, 8),
                "Under the same window, which grating runs out of step sooner when it is turned: the one with many stripes, or with few?"),
        ],
        Alternatives = [(sigma, wavelength) => Turn(Math.Log(2) / 2, sigma, wavelength)],
        Hints =
        [
            "Make the cell, and a method that gives its answer to a grating of some angle. It is largest at angle 0 and falls on the way to a right angle. At which angle is it half of that?",
            "Halve the interval from 0 to π/2 again and again: where the answer in its middle is more than half of the best one, the angle lies to the right.",
        ],
    };

    // Section 1's formula without its second term: exp(-2 σ² κ² sin²(Δ/2)) = exp(-2 part).
    private static double Turn(double part, double sigma, double wavelength) => 2 * Math.Asin(Math.Sqrt(part) * wavelength / (2 * Math.PI * sigma));
}
