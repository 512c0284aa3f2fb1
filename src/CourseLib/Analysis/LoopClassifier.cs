using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// A network Linear - ReLU - Linear with softmax and cross-entropy, trained by SGD in plain loops over single numbers: no vector registers, no second core. What the library is compared with
/// where it is asked how much faster computers became (lecture perc, "Почему сейчас всё работает?": "компьютеры стали быстрей").
/// </summary>
/// <remarks>The loops are those of a textbook, compiled with optimisation; the same step as the library's up to the order of sums, and so up to rounding.</remarks>
public sealed class LoopClassifier
{
    private readonly int inputs;
    private readonly int hidden;
    private readonly int classes;
    private readonly float[] w1;
    private readonly float[] b1;
    private readonly float[] w2;
    private readonly float[] b2;
    private readonly float[] h;
    private readonly float[] p;
    private readonly float[] dh;
    private readonly float[] g1;
    private readonly float[] g1b;
    private readonly float[] g2;
    private readonly float[] g2b;

    /// <summary>Starts from copies of the weights of two layers.</summary>
    /// <param name="first">From the inputs to the hidden units, with biases.</param>
    /// <param name="last">From the hidden units to the classes, with biases.</param>
    /// <exception cref="ArgumentException">The layers do not fit together, or one has no biases.</exception>
    public LoopClassifier(Linear first, Linear last)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(last);
        (inputs, hidden, classes) = (first.Weight.Shape[1], first.Weight.Shape[0], last.Weight.Shape[0]);
        if (last.Weight.Shape[1] != hidden || first.Bias is not { } firstBias || last.Bias is not { } lastBias)
        {
            throw new ArgumentException($"LoopClassifier: expected two layers with biases, the second with as many inputs as the first has outputs, got {first} and {last}.", nameof(last));
        }

        (w1, b1, w2, b2) = (first.Weight.ToArray(), firstBias.ToArray(), last.Weight.ToArray(), lastBias.ToArray());
        (h, p, dh) = (new float[hidden], new float[classes], new float[hidden]);
        (g1, g1b, g2, g2b) = (new float[w1.Length], new float[hidden], new float[w2.Length], new float[classes]);
    }

    /// <summary>The weights of the first layer, [hidden, inputs] row by row: a copy.</summary>
    public float[] FirstWeights => [.. w1];

    /// <summary>One step of SGD.</summary>
    /// <param name="batch">Inputs of any shape with as many numbers per example as the network takes, targets [B].</param>
    /// <param name="rate">The learning rate.</param>
    /// <returns>The mean loss before the step.</returns>
    /// <exception cref="ArgumentException">The examples have another size.</exception>
    public double Step(Batch batch, double rate)
    {
        Requires.Length(nameof(Step), nameof(batch), batch.Inputs.Length / batch.Count, inputs, "as many numbers per example as the first layer has inputs");
        float[] x = batch.Inputs.ToArray();
        Array.Clear(g1);
        Array.Clear(g1b);
        Array.Clear(g2);
        Array.Clear(g2b);
        double loss = 0;
        for (int example = 0; example < batch.Count; example++)
        {
            loss += Example(x, example * inputs, (int)batch.Targets[example]);
        }

        float scale = (float)(rate / batch.Count);
        Descend(w1, g1, scale);
        Descend(b1, g1b, scale);
        Descend(w2, g2, scale);
        Descend(b2, g2b, scale);
        return loss / batch.Count;
    }

    /// <summary>Forward, and the example's part of all gradients.</summary>
    private double Example(float[] x, int at, int target)
    {
        for (int j = 0; j < hidden; j++)
        {
            float sum = b1[j];
            for (int i = 0; i < inputs; i++)
            {
                sum += w1[(j * inputs) + i] * x[at + i];
            }

            h[j] = sum > 0 ? sum : 0;
        }

        float largest = float.NegativeInfinity;
        for (int k = 0; k < classes; k++)
        {
            float sum = b2[k];
            for (int j = 0; j < hidden; j++)
            {
                sum += w2[(k * hidden) + j] * h[j];
            }

            p[k] = sum;
            largest = Math.Max(largest, sum);
        }

        float total = 0;
        for (int k = 0; k < classes; k++)
        {
            p[k] = MathF.Exp(p[k] - largest);
            total += p[k];
        }

        double loss = Math.Log(total) - Math.Log(p[target]);
        Array.Clear(dh);
        for (int k = 0; k < classes; k++)
        {
            float delta = (p[k] / total) - (k == target ? 1 : 0);
            g2b[k] += delta;
            for (int j = 0; j < hidden; j++)
            {
                g2[(k * hidden) + j] += delta * h[j];
                dh[j] += delta * w2[(k * hidden) + j];
            }
        }

        for (int j = 0; j < hidden; j++)
        {
            float delta = h[j] > 0 ? dh[j] : 0;
            g1b[j] += delta;
            for (int i = 0; i < inputs; i++)
            {
                g1[(j * inputs) + i] += delta * x[at + i];
            }
        }

        return loss;
    }

    private static void Descend(float[] weights, float[] gradient, float scale)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] -= scale * gradient[i];
        }
    }
}
