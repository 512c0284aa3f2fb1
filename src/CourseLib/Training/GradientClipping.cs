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

        float norm = (float)Math.Sqrt(squares);
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

        return norm;
    }
}
