using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Training on a loss that is given as a function (lecture lbd, "Функции потерь": almost anything can be one): for what is no data set of inputs and targets, such as a fit of a few numbers, triplets drawn anew in each step, or a loss that holds an equation. With a data set use <see cref="Trainer"/>.</summary>
/// <example><code>
/// LossDescent.Run(new Adam([p], 0.1), () => loss.Forward(p * ones, targets), steps: 400);
/// </code></example>
public static class LossDescent
{
    /// <summary>Steps of an optimizer, each in a <see cref="Tape"/> of its own.</summary>
    /// <param name="optimizer">Made with the parameters.</param>
    /// <param name="loss">Computes the loss, one number.</param>
    /// <param name="steps">How many.</param>
    /// <param name="rate">The learning rate of each step, from 0; null leaves the optimizer's.</param>
    /// <param name="look">Called before each step with its number; may be null.</param>
    public static void Run(Optimizer optimizer, Func<Tensor> loss, int steps, Schedule? rate = null, Action<int>? look = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        Requires.AtLeast("LossDescent.Run", nameof(steps), steps, 0);
        for (int step = 0; step < steps; step++)
        {
            look?.Invoke(step);
            using Tape tape = new();
            optimizer.LearningRate = rate?.Invoke(step) ?? optimizer.LearningRate;
            optimizer.ZeroGrad();
            loss().Backward();
            optimizer.Step();
        }
    }

    /// <summary>
    /// <see cref="Adam"/> with a rate that falls along a cosine to a hundredth of itself, then <see cref="LBFGS"/>: what physics-informed losses are usually trained with (Raissi et al. 2019), for they are without noise and badly scaled.
    /// </summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="loss">Computes the loss, one number, the same each time.</param>
    /// <param name="adamSteps">Steps of Adam.</param>
    /// <param name="lbfgsIterations">Iterations of L-BFGS after them, a multiple of <paramref name="every"/>.</param>
    /// <param name="rate">Adam's first rate.</param>
    /// <param name="every">At each of how many iterations <paramref name="look"/> is called.</param>
    /// <param name="look">Called with the number of iterations so far, at 0 and at the end too; may be null.</param>
    public static void AdamThenLbfgs(IReadOnlyList<Tensor> parameters, Func<Tensor> loss, int adamSteps, int lbfgsIterations, double rate = 0.01, int every = 10, Action<int>? look = null)
    {
        Requires.AtLeast("LossDescent.AdamThenLbfgs", nameof(every), every, 1);
        Requires.AtLeast("LossDescent.AdamThenLbfgs", nameof(adamSteps), adamSteps, 1);
        if (lbfgsIterations < 0 || lbfgsIterations % every != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"LossDescent.AdamThenLbfgs: expected a multiple of every = {every}, got {lbfgsIterations} iterations."), nameof(lbfgsIterations));
        }

        Run(new Adam(parameters, rate), loss, adamSteps, Cosine.Annealing(rate, adamSteps, rate / 100), step =>
        {
            if (step % every == 0)
            {
                look?.Invoke(step);
            }
        });
        LBFGS lbfgs = new(parameters, maxIterations: every, historySize: 50);
        for (int done = 0; done < lbfgsIterations; done += every)
        {
            look?.Invoke(adamSteps + done);
            lbfgs.Step(loss);
        }

        look?.Invoke(adamSteps + lbfgsIterations);
    }
}
