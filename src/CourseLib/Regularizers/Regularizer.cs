using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>
/// A term that is added to the loss so that large numbers cost something (lecture perc, "Стандартные методы": "можно применять к весам, к bias, к активациям"; lbd,
/// "Как избежать переобучения?").
/// </summary>
/// <remarks>
/// In a training loop of one's own: <c>(loss + l2.Penalty(model)).Backward()</c>; for the Trainer: <c>Regularizers = [new L2(1e-4)]</c>. Several add up: L1 and L2 together are
/// the elastic net (Zou and Hastie 2005). For activations see <see cref="ActivationPenalty"/>.
/// </remarks>
public abstract class Regularizer
{
    private readonly Func<string, Tensor, bool> on;

    /// <param name="lambda">λ, how much the penalty counts beside the loss.</param>
    /// <param name="on">Which parameters of a model: <see cref="ParameterSet.Weights"/> when null, <see cref="ParameterSet.Biases"/>, <see cref="ParameterSet.All"/>, or a choice of one's own by path (such as <c>0.weight</c>) and tensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    protected Regularizer(double lambda, Func<string, Tensor, bool>? on)
    {
        if (!(lambda >= 0 && double.IsFinite(lambda)))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, FormattableString.Invariant($"{GetType().Name}: expected lambda to be a finite number from 0 on, got {lambda}."));
        }

        Lambda = lambda;
        this.on = on ?? ParameterSet.Weights;
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <summary>The penalty of one tensor, whatever it is: a differentiable scalar.</summary>
    public abstract Tensor Penalty(Tensor x);

    /// <summary>The sum of the penalties of several tensors.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Tensor Penalty(IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count == 0)
        {
            throw new ArgumentException($"{GetType().Name}: there is nothing to penalise; expected at least one tensor.", nameof(tensors));
        }

        Tensor sum = Penalty(tensors[0]);
        for (int i = 1; i < tensors.Count; i++)
        {
            sum += Penalty(tensors[i]);
        }

        return sum;
    }

    /// <summary>The sum of the penalties of those parameters of a model that this regularizer is for.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Tensor Penalty(Module model) => Penalty(Select(model));

    /// <summary>The parameters of a model that this regularizer is for.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public IReadOnlyList<Tensor> Select(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Tensor[] selected = [.. model.NamedParameters.Where(parameter => on(parameter.Name, parameter.Value)).Select(parameter => parameter.Value)];
        return selected.Length > 0
            ? selected
            : throw new ArgumentException($"{GetType().Name}: none of the parameters of {model} is selected: {string.Join(", ", model.NamedParameters.Select(parameter => $"'{parameter.Name}' {parameter.Value.Shape}"))}.", nameof(model));
    }

    /// <summary>The name and λ.</summary>
    public override string ToString() => FormattableString.Invariant($"{GetType().Name}({Lambda})");
}
