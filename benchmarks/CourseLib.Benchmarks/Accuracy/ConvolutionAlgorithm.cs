using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;
using CourseLib.Kernels.Convolutions;

namespace CourseLib.Benchmarks.Accuracy;

/// <summary>A way to compute a pass of a convolution.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Suits">Which layers and passes it does.</param>
/// <param name="Run">Computes the pass from input, weights and the output's gradient.</param>
internal sealed record ConvolutionAlgorithm(string Name, Func<ConvShape, string, bool> Suits, Func<ConvShape, string, Floats, Floats, Floats, float[]> Run)
{
    /// <summary>Those of the table. An algorithm that the library chooses by the shape has an entry of its own beside what the library chooses.</summary>
    public static readonly IReadOnlyList<ConvolutionAlgorithm> All =
    [
        new("three loops in single precision", (_, _) => true, (shape, pass, x, w, dy) => ConvolutionReference.Plain(shape, pass, x.Span, w.Span, dy.Span)),
        new("as the library chooses", (_, _) => true, Library),
        new("direct", HasChoice, Direct),
        new("Winograd F(4x4, 3x3)", HasChoice, ByWinograd),
    ];

    private static bool HasChoice(ConvShape shape, string pass) => Winograd.Fits(shape) && (pass != "dw" || TapWork.Suits(shape));

    private static float[] Direct(ConvShape shape, string pass, Floats x, Floats w, Floats dy)
    {
        float[] result = Result(shape, pass);
        switch (pass)
        {
            case "forward": Convolution.ForwardDirectly(shape, x.Span, w.Span, [], result); break;
            case "dx": Convolution.BackwardInputDirectly(shape, dy.Span, w.Span, result, accumulate: false); break;
            default: Convolution.BackwardWeightsDirectly(shape, x.Span, dy.Span, result, [], accumulate: false); break;
        }

        return result;
    }

    private static float[] ByWinograd(ConvShape shape, string pass, Floats x, Floats w, Floats dy)
    {
        float[] result = Result(shape, pass);
        switch (pass)
        {
            case "forward": Winograd.Forward(shape, x.Span, w.Span, [], result, rectify: false); break;
            case "dx": Winograd.BackwardInput(shape, dy.Span, w.Span, result, accumulate: false); break;
            default: Winograd.BackwardWeights(shape, x.Span, dy.Span, result, [], accumulate: false); break;
        }

        return result;
    }

    private static float[] Library(ConvShape shape, string pass, Floats x, Floats w, Floats dy)
    {
        float[] result = Result(shape, pass);
        switch (pass)
        {
            case "forward": Convolution.Forward(shape, x.Span, w.Span, [], result); break;
            case "dx": Convolution.BackwardInput(shape, dy.Span, w.Span, result); break;
            default: Convolution.BackwardWeights(shape, x.Span, dy.Span, result, []); break;
        }

        return result;
    }

    private static float[] Result(ConvShape shape, string pass) => new float[pass switch { "forward" => shape.OutputLength, "dx" => shape.InputLength, _ => shape.WeightsLength }];
}
