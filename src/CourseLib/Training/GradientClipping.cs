using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Keeps a step over a cliff of the loss from being as long as the cliff is steep (lecture intro, "Gradient explosion"; Pascanu et al. 2013).</summary>
public static class GradientClipping
{
    /// <summary>If the norm of all gradients together is at least <paramref name="maxNorm"/>, scales them by maxNorm / norm.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="maxNorm">The threshold, positive.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not positive.</exception>
    public static float ClipNorm(IReadOnlyList<Tensor> parameters, double maxNorm)
    {
        if (!(maxNorm > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, FormattableString.Invariant($"ClipNorm: expected a positive threshold, got {maxNorm}."));
        }

        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            squares += parameters[i].HasGrad ? Reductions.SumOfSquares(parameters[i].Grad.Span) : 0;
        }

        // Gradients of 1e20 are what clipping is for, but their squares leave the range of a float.
        double norm = Math.Sqrt(double.IsPositiveInfinity(squares) ? SumOfSquaresInDouble(parameters) : squares);
        if (norm >= maxNorm)
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].HasGrad)
                {
                    Span<float> gradient = parameters[i].Grad.Span;
                    Elementwise.Scale((float)(maxNorm / norm), gradient, gradient);
                }
            }
        }

        return (float)norm;
    }

    /// <summary>Limits every element of every gradient to [-maxValue, maxValue] (torch: <c>clip_grad_value_</c>); unlike <see cref="ClipNorm"/> this turns the gradient.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="maxValue">The threshold, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not positive.</exception>
    public static void ClipValue(IReadOnlyList<Tensor> parameters, double maxValue)
    {
        if (!(maxValue > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, FormattableString.Invariant($"ClipValue: expected a positive threshold, got {maxValue}."));
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].HasGrad)
            {
                Span<float> gradient = parameters[i].Grad.Span;
                Elementwise.Unary(gradient, gradient, new ClampOperator(-(float)maxValue, (float)maxValue));
            }
        }
    }

    private static double SumOfSquaresInDouble(IReadOnlyList<Tensor> parameters)
    {
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            foreach (float value in parameters[i].HasGrad ? parameters[i].Grad.Span : [])
            {
                squares += (double)value * value;
            }
        }

        return squares;
    }
}
