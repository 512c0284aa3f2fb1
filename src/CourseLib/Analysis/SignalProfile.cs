using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// How large signals and gradients are from layer to layer of a network: what an initialization (инициализация) is calibrated by
/// (lectures init, "Инициализация: Xavier/Glorot", and perc, "Рецепт").
/// </summary>
/// <remarks>Entry 0 of each list is the network's input, entry l the output of its module l. Sums run in double precision, so squares of small float values do not vanish.</remarks>
public sealed class SignalProfile
{
    private SignalProfile(Tensor[] signals)
    {
        Mean = Array.ConvertAll(signals, MeanOf);
        MeanSquare = Array.ConvertAll(signals, MeanSquareOf);
        Variance = [.. MeanSquare.Zip(Mean, (square, mean) => square - (mean * mean))];
        GradientMeanSquare = Array.ConvertAll(signals, signal => MeanSquareOf(signal.Grad));
    }

    /// <summary>The mean over the batch and all units.</summary>
    public double[] Mean { get; }

    /// <summary>The mean of the squares over the batch and all units: the variance where the mean is 0.</summary>
    public double[] MeanSquare { get; }

    /// <summary>The variance over the batch and all units.</summary>
    public double[] Variance { get; }

    /// <summary>The mean square of dL/d(signal).</summary>
    public double[] GradientMeanSquare { get; }

    /// <summary>Sends a batch forward and a gradient backward. Gradients of the network's parameters are set to those of this pass.</summary>
    /// <param name="network">The layers; a layer and its activation may be one module of the outer network.</param>
    /// <param name="x">The batch [B, features].</param>
    /// <param name="outputGradient">dL/d(output), in the shape of the output; ones when not given.</param>
    public static SignalProfile Measure(Sequential network, Tensor x, Tensor outputGradient = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        using (new Tape())
        {
            network.ZeroGrad();
            Tensor input = x.Clone().AsParameter();
            Tensor[] signals = [input, .. network.ForwardAll(input)];
            signals[^1].Backward(outputGradient.IsDefault ? Tensor.Ones(signals[^1].Shape) : outputGradient);
            return new SignalProfile(signals);
        }
    }

    /// <summary>Measures a fresh <see cref="Stack"/>; its input [16, features] and dL/d(output) are N(0, 1).</summary>
    /// <param name="widths">Units of the input and of each layer.</param>
    /// <param name="initializer">The weights' rule.</param>
    /// <param name="activation">Makes each layer's activation.</param>
    /// <param name="generator">Draws the weights, the input and the gradient.</param>
    public static SignalProfile OfStack(IReadOnlyList<int> widths, Initializer initializer, Func<Module> activation, Generator generator)
    {
        const int Batch = 16;
        Sequential stack = Stack(widths, initializer, activation, generator);
        Tensor x = Tensor.RandN([Batch, widths[0]], generator);
        return Measure(stack, x, Tensor.RandN([Batch, widths[^1]], generator));
    }

    /// <summary>The networks that the derivations speak of: linear layers without biases, each of them one module with its activation.</summary>
    /// <param name="widths">Units of the input and of each layer.</param>
    /// <param name="initializer">The weights' rule.</param>
    /// <param name="activation">Makes each layer's activation.</param>
    /// <param name="generator">Draws the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer.</exception>
    public static Sequential Stack(IReadOnlyList<int> widths, Initializer initializer, Func<Module> activation, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(activation);
        Requires.AtLeast("SignalProfile.Stack", "number of widths", widths.Count, 2);
        return new([.. widths.Zip(widths.Skip(1), (fanIn, fanOut) =>
            (Module)new Sequential(new Linear(fanIn, fanOut, bias: false, initializer, generator), activation()))]);
    }

    private static double MeanOf(Tensor tensor)
    {
        double sum = 0;
        foreach (float value in tensor.Span)
        {
            sum += value;
        }

        return sum / tensor.Length;
    }

    private static double MeanSquareOf(Tensor tensor)
    {
        double sum = 0;
        foreach (float value in tensor.Span)
        {
            sum += (double)value * value;
        }

        return sum / tensor.Length;
    }
}
