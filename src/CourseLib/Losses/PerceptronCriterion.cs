using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// The perceptron's criterion E_P(w) = -sum over the misclassified x of y(x) &lt;w, x&gt; for answers y of -1 or +1
/// (критерий перцептрона: Rosenblatt 1958; lecture perc, "Как обучать?"). dE/d&lt;w, x&gt; = -y where y &lt;w, x&gt; is not positive, else 0.
/// </summary>
/// <remarks>
/// <para>Its stochastic gradient step with rate 1 is Rosenblatt's rule, w += y x for a wrong answer. An example with &lt;w, x&gt; = 0 has no right answer and counts as
/// misclassified: it adds 0 to E_P, but its gradient lets training leave w = 0, where E_P is 0 for any data.</para>
/// <para>E_P(c w) = c E_P(w) for c &gt; 0: a smaller w is "better" without a single answer changing. <see cref="HingeLoss"/> asks for a margin instead.</para>
/// </remarks>
/// <param name="reduction">Sum as in the lecture, or mean over the elements.</param>
public sealed class PerceptronCriterion(Reduction reduction = Reduction.Sum) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <param name="input">&lt;w, x&gt; with the bias in it, of any shape.</param>
    /// <param name="target">-1 or +1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is neither -1 nor +1.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireSigns(target);
        Tensor misclassified = Tensor.Zeros(input.Shape);
        for (int i = 0; i < input.Length; i++)
        {
            // "Not positive" counts a NaN too, so that it is seen.
            misclassified.Span[i] = input.Span[i] * target.Span[i] > 0 ? 0 : -target.Span[i];
        }

        return Reduce(misclassified * input);
    }
}
