using System.Collections;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Groups of parameters, given to an optimizer in the place of <c>model.Parameters</c>:
/// <c>new SGD(new ParameterGroups(new ParameterGroup(body), new ParameterGroup(head) { LearningRate = 0.1 }), lr: 0.01)</c>.
/// </summary>
/// <param name="groups">The groups; as a list they are all their parameters in this order.</param>
public sealed class ParameterGroups(params ParameterGroup[] groups) : IReadOnlyList<Tensor>
{
    private readonly Tensor[] parameters = [.. (groups ?? throw new ArgumentNullException(nameof(groups))).SelectMany(group => group.Parameters)];

    /// <summary>The groups.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; } = [.. groups];

    /// <inheritdoc/>
    public int Count => parameters.Length;

    /// <inheritdoc/>
    public Tensor this[int index] => parameters[index];

    /// <summary>
    /// Two groups: weights of matrices and kernels, which decay as the optimizer says, and parameters with fewer than two axes, which do not: biases and
    /// the scales and shifts of normalisations, whose size says nothing about how complicated the network is.
    /// </summary>
    /// <param name="parameters">The parameters of a model; both kinds need not occur.</param>
    public static ParameterGroups NoDecayForBiasAndNorm(IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new ParameterGroups(
            new ParameterGroup([.. parameters.Where(parameter => parameter.Rank >= 2)]),
            new ParameterGroup([.. parameters.Where(parameter => parameter.Rank < 2)]) { WeightDecay = 0 });
    }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => parameters.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
