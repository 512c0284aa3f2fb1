using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// A loss as a function of the numbers in some parameters, one after the other: what makes the descent methods of <see cref="Descent"/> work on tensors. Each evaluation sets the parameters, calls the closure
/// and runs backward, in a <see cref="Tape"/> of its own.
/// </summary>
/// <remarks>
/// The parameters round to float32, so values have seven digits and a line search ends there. The closure must give the same loss each time: no dropout, the same batch. The parameters stay at
/// the point that was evaluated last.
/// </remarks>
public sealed class TensorObjective : IObjective
{
    private readonly Tensor[] parameters;
    private readonly Func<Tensor> closure;

    /// <param name="parameters">The unknowns.</param>
    /// <param name="closure">Computes the loss, a scalar; may call Backward() itself, as torch's closures do.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    public TensorObjective(IReadOnlyList<Tensor> parameters, Func<Tensor> closure)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(closure);
        this.parameters = parameters.Count > 0 ? [.. parameters] : throw new ArgumentException("TensorObjective: there are no parameters to train.", nameof(parameters));
        this.closure = closure;
        Dimension = parameters.Sum(parameter => parameter.Length);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public double Precision => MathF.BitIncrement(1) - 1;

    /// <summary>The numbers that the parameters hold now.</summary>
    public double[] Current => [.. parameters.SelectMany(parameter => parameter.ToArray()).Select(value => (double)value)];

    /// <summary>Sets the parameters.</summary>
    public void Set(ReadOnlySpan<double> x)
    {
        int position = 0;
        foreach (Tensor parameter in parameters)
        {
            foreach (ref float value in parameter.Span)
            {
                value = (float)x[position++];
            }
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> x)
    {
        Set(x);
        using Tape tape = new();
        return Loss().Item();
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => ValueAndGradient(x, gradient);

    /// <inheritdoc/>
    public double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Set(x);
        foreach (Tensor parameter in parameters)
        {
            parameter.ZeroGrad();
        }

        using Tape tape = new();
        Tensor loss = Loss();
        float value = loss.Item();
        if (!parameters.Any(parameter => parameter.HasGrad))
        {
            loss.Backward();
        }

        gradient.Clear();
        int position = 0;
        foreach (Tensor parameter in parameters)
        {
            ReadOnlySpan<float> part = parameter.HasGrad ? parameter.Grad.Span : [];
            for (int i = 0; i < part.Length; i++)
            {
                gradient[position + i] = part[i];
            }

            position += parameter.Length;
        }

        return value;
    }

    private Tensor Loss()
    {
        Tensor loss = closure();
        return loss.Length == 1 ? loss : throw new ArgumentException($"TensorObjective: the closure gave a tensor of shape {loss.Shape}; expected a loss of one number, such as a mean.");
    }
}
