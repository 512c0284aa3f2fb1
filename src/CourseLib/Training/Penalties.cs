using CourseLib.Layers;
using CourseLib.Regularizers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>What a training adds to its loss: regularizers on parameters, and the penalties of the model's own activations. Who is meant is looked up once, because a step allocates nothing.</summary>
internal sealed class Penalties
{
    private readonly (Regularizer Regularizer, IReadOnlyList<Tensor> Parameters)[] onParameters;
    private readonly ActivationPenalty[] onActivations;

    internal Penalties(Module model, IReadOnlyList<Regularizer> regularizers)
    {
        onParameters = [.. regularizers.Select(regularizer => (regularizer, regularizer.Select(model)))];
        onActivations = [.. Below(model).OfType<ActivationPenalty>().Distinct()];
    }

    internal Tensor AddTo(Tensor loss)
    {
        foreach ((Regularizer regularizer, IReadOnlyList<Tensor> parameters) in onParameters)
        {
            loss += regularizer.Penalty(parameters);
        }

        foreach (ActivationPenalty layer in onActivations)
        {
            loss += layer.Penalty;
        }

        return loss;
    }

    private static IEnumerable<Module> Below(Module module) => module.Children.SelectMany(child => Below(child.Module)).Prepend(module);
}
