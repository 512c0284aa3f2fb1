using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>What a module makes of a whole data set: the inputs of the next layer in layer-wise pretraining.</summary>
public static class Codes
{
    /// <summary>The outputs for all inputs, in evaluation mode and without a graph, batch by batch.</summary>
    /// <param name="module">The module; left in the mode it was in.</param>
    /// <param name="inputs">[N, …].</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <returns>[N, …], apart from any <see cref="Tape"/>.</returns>
    /// <exception cref="ArgumentException">There are no inputs.</exception>
    public static Tensor Of(Module module, Tensor inputs, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(module);
        Requires.AtLeast(nameof(Codes), nameof(batchSize), batchSize, 1);
        if (inputs.Rank == 0 || inputs.Length == 0)
        {
            throw new ArgumentException($"Codes: expected at least one input, got shape {inputs.Shape}.", nameof(inputs));
        }

        using EvaluationMode evaluation = new(module);
        using NoGrad off = new();
        Tensor? codes = null;
        for (int start = 0; start < inputs.Shape[0]; start += batchSize)
        {
            Tensor part;
            using (new Tape())
            {
                Tensor y = module.Forward(inputs.Slice(0, start, Math.Min(batchSize, inputs.Shape[0] - start)));
                codes ??= Tensor.Zeros(y.Shape.With(0, inputs.Shape[0])).Keep();
                part = y;
                part.Span.CopyTo(codes.Value.Span[(start * (codes.Value.Length / inputs.Shape[0]))..]);
            }
        }

        return codes!.Value;
    }
}
