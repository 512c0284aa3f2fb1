using System.Globalization;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Accuracy;

/// <summary><c>accuracy</c>: each algorithm of the convolution against sums in double precision, at the layers of the CNN and of LeNet.</summary>
internal static class ConvolutionAccuracy
{
    /// <summary>What stands before the table.</summary>
    public const string Text = """
        Against the same sums in double precision, two images, numbers from -1 to 1; *terms* is the length of a sum. The largest error is given in parts of the largest result, the root mean square
        of the errors in parts of that of the results; the unit is 2^-24, the rounding of one operation.
        """;

    private const int Images = 2;

    // Half a unit in the last place of 1: the rounding of one operation.
    private const double Rounding = 1.0 / (1 << 24);

    private static readonly string[] Layers = ["3x3_1_32_28", "3x3_32_32_28", "3x3_32_64_14", "3x3_64_64_14", "5x5_1_6_28", "5x5_6_16_14"];

    /// <summary>The table in Markdown: a line for each layer and pass; for each algorithm the largest error by the largest number, and the errors' root mean square by the numbers'.</summary>
    public static string Markdown()
    {
        string[] headings = ["|layer", "|pass", "terms", .. ConvolutionAlgorithm.All.SelectMany(algorithm => new[] { $"{algorithm.Name}: largest", "root mean square" })];
        return MarkdownTable.Of(headings, Layers.SelectMany(layer => new[] { "forward", "dx", "dw" }.Select(pass => Row(layer, pass))));
    }

    private static string[] Row(string layer, string pass)
    {
        ConvShape shape = ConvolutionWorks.ShapeOf($"conv/{layer}/{pass}")!.Value with { Batch = Images };
        Floats x = new((int)shape.InputLength, seed: 1), w = new((int)shape.WeightsLength, seed: 2), dy = new((int)shape.OutputLength, seed: 4);
        double[] exact = ConvolutionReference.Exact(shape, pass, x.Span, w.Span, dy.Span);
        int terms = pass switch { "forward" => shape.Depth, "dx" => shape.OutChannels * shape.KernelHeight * shape.KernelWidth, _ => Images * shape.OutHeight * shape.OutWidth };
        return [layer, pass, terms.ToString(CultureInfo.InvariantCulture), .. ConvolutionAlgorithm.All.SelectMany(algorithm =>
            algorithm.Suits(shape, pass) ? Errors(exact, algorithm.Run(shape, pass, x, w, dy)) : ["", ""])];
    }

    private static string[] Errors(double[] exact, float[] computed)
    {
        double largest = 0, largestError = 0, squares = 0, errorSquares = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double error = Math.Abs(computed[i] - exact[i]);
            (largest, largestError) = (Math.Max(largest, Math.Abs(exact[i])), Math.Max(largestError, error));
            (squares, errorSquares) = (squares + (exact[i] * exact[i]), errorSquares + (error * error));
        }

        return [Roundings(largestError / largest), Roundings(Math.Sqrt(errorSquares / squares))];
    }

    private static string Roundings(double error) => (error / Rounding).ToString("0.00", CultureInfo.InvariantCulture);
}
