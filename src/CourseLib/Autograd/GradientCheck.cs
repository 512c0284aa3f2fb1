using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Compares the gradients that backward passes give with difference quotients (численная проверка градиента).</summary>
/// <remarks>
/// The function's outputs are weighted by fixed random numbers r and summed in double precision: L = sum r_i y_i. Each element x of an
/// input is moved by ±h and ±2h, and the five-point formula (L(x-2h) - 8 L(x-h) + 8 L(x+h) - L(x+2h)) / 12h is compared with dL/dx. Its error falls as h^4, so that a
/// step large enough for float32 (h = 1/32) still leaves five to six digits.
/// </remarks>
public static class GradientCheck
{
    /// <summary>The default step, a power of two so that x ± h is exact for moderate x.</summary>
    public const float DefaultStep = 1f / 32;

    /// <summary>The largest relative error over the inputs: |backward - numeric| / (|backward| + |numeric|) in the Euclidean norm of each input's gradient.</summary>
    /// <param name="function">Any differentiable function of the inputs. It must give the same result each time: fix the seed of dropout.</param>
    /// <param name="inputs">Where to check; each becomes a parameter for the check. Keep them away from kinks (ReLU at 0) by more than twice the step.</param>
    /// <returns>About 1e-5 for a correct gradient of a smooth function; near 1 for a wrong one.</returns>
    public static double RelativeError(Func<Tensor[], Tensor> function, params Tensor[] inputs) => RelativeError(function, DefaultStep, inputs);

    /// <inheritdoc cref="RelativeError(Func{Tensor[], Tensor}, Tensor[])"/>
    /// <param name="function">Any differentiable function of the inputs.</param>
    /// <param name="step">h, in the units of the inputs.</param>
    /// <param name="inputs">Where to check.</param>
    public static double RelativeError(Func<Tensor[], Tensor> function, float step, params Tensor[] inputs)
    {
        if (inputs.Length == 0)
        {
            throw new ArgumentException("GradientCheck: expected at least one input to check at.", nameof(inputs));
        }

        foreach (Tensor input in inputs)
        {
            input.AsParameter().ZeroGrad();
        }

        Tensor y = function(inputs);
        Tensor weights = Tensor.Empty(y.Shape);
        new Generator(12345).Uniform(weights.Span, -1, 1);
        y.Backward(weights);

        double worst = 0;
        foreach (Tensor input in inputs)
        {
            double difference = 0;
            double backwardNorm = 0;
            double numericNorm = 0;
            for (int i = 0; i < input.Length; i++)
            {
                double numeric = Quotient(function, inputs, weights, input, i, step);
                double backward = input.HasGrad ? input.Grad.Span[i] : 0;
                difference += (backward - numeric) * (backward - numeric);
                backwardNorm += backward * backward;
                numericNorm += numeric * numeric;
            }

            double scale = Math.Sqrt(backwardNorm) + Math.Sqrt(numericNorm);
            double error = difference == 0 ? 0 : Math.Sqrt(difference) / Math.Max(scale, 1e-6);
            worst = double.IsNaN(error) ? double.NaN : Math.Max(worst, error);
        }

        return worst;
    }

    private static double Quotient(Func<Tensor[], Tensor> function, Tensor[] inputs, Tensor weights, Tensor input, int index, float step)
    {
        float x = input.Span[index];
        double At(float moved)
        {
            input.Span[index] = moved;
            using (new NoGrad())
            {
                ReadOnlySpan<float> y = function(inputs).Span;
                double sum = 0;
                for (int i = 0; i < y.Length; i++)
                {
                    sum += (double)weights.Span[i] * y[i];
                }

                return sum;
            }
        }

        try
        {
            return (At(x - (2 * step)) - (8 * At(x - step)) + (8 * At(x + step)) - At(x + (2 * step))) / (12.0 * step);
        }
        finally
        {
            input.Span[index] = x;
        }
    }
}
