using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>
/// A limit instead of a penalty: after a step the incoming weights of every unit are scaled down to a norm of at most c (Srivastava et al. 2014, section 5.1, who combine it with dropout, c from 3 to 4;
/// beside lecture perc, "Стандартные методы").
/// </summary>
/// <remarks>A unit's weights are a row along the first axis of a matrix [out, in] or of kernels [out, in, h, w].</remarks>
/// <example><c>trainer.StepCompleted += _ => maxNorm.Apply(model);</c></example>
public sealed class MaxNorm
{
    private readonly double max;

    /// <param name="max">c, the largest norm.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not above 0.</exception>
    public MaxNorm(double max) => this.max = max > 0
        ? max
        : throw new ArgumentOutOfRangeException(nameof(max), max, FormattableString.Invariant($"MaxNorm: expected a norm above 0, got {max}."));

    /// <summary>Scales down what is too long among the <see cref="ParameterSet.Weights"/> of a model.</summary>
    public void Apply(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach ((string name, Tensor parameter) in model.NamedParameters)
        {
            if (ParameterSet.Weights(name, parameter))
            {
                Apply(parameter);
            }
        }
    }

    /// <summary>Scales down the rows of a parameter that are too long.</summary>
    public void Apply(Tensor parameter)
    {
        int count = parameter.Shape[0];
        int length = parameter.Length / count;
        for (int i = 0; i < count; i++)
        {
            Span<float> row = parameter.Span.Slice(i * length, length);
            double norm = Math.Sqrt(Reductions.SumOfSquares(row));
            if (norm > max)
            {
                Elementwise.Scale((float)(max / norm), row, row);
            }
        }
    }
}
