using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>
/// The learning rate range test (Smith 2015, section 3.3; lecture perc, "Learning rate", links the paper): one short run in which the rate grows from far too small to far too
/// large shows where the loss begins to fall and where training breaks.
/// </summary>
public static class RateRangeTest
{
    /// <summary>The run ends when the loss is so many times the first.</summary>
    private const double Broken = 4;

    /// <summary>Makes the run and leaves the model's parameters, buffers and modes as they were; its gradients are forgotten.</summary>
    /// <param name="model">What is to be trained.</param>
    /// <param name="optimizer">Makes an optimizer for the run, from the parameters and the first rate: <c>(p, lr) => new SGD(p, lr)</c>. It is not used afterwards.</param>
    /// <param name="loss">What is to be minimised.</param>
    /// <param name="train">The training set.</param>
    /// <param name="batchSize">Examples in a batch: the result holds for this size.</param>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The last rate.</param>
    /// <param name="steps">Steps of the run; it ends before when the loss is not finite or more than 4 times the first one.</param>
    /// <param name="generator">Shuffles the examples; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentException">The rates do not grow, there are fewer than 2 steps, or what <see cref="Trainer.Fit"/> refuses.</exception>
    /// <exception cref="TrainingDivergedException">Not even the first loss is finite.</exception>
    public static RateRange Run(
        Module model,
        Func<IReadOnlyList<Tensor>, double, Optimizer> optimizer,
        Loss loss,
        Dataset train,
        int batchSize,
        double from = 1e-6,
        double to = 10,
        int steps = 100,
        Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(train);
        Requires.AtLeast(nameof(RateRangeTest), nameof(steps), steps, 2);
        Requires.AtLeast(nameof(RateRangeTest), nameof(batchSize), batchSize, 1);
        if (!(from > 0 && to > from && double.IsFinite(to)))
        {
            throw new ArgumentOutOfRangeException(nameof(from), FormattableString.Invariant($"RateRangeTest: expected 0 < from < to, got from {from} to {to}."));
        }

        // A smaller last batch would be a noisier one; a set smaller than a batch is one batch.
        bool dropLast = train.Count >= batchSize;
        int epochs = (steps / Math.Max(1, train.Count / batchSize)) + 1;
        Schedule rate = Decay.Geometric(from, Math.Pow(to / from, 1.0 / (steps - 1)));
        List<double> losses = [];
        IReadOnlyDictionary<string, Tensor> before = model.CopyState();

        // Fit switches to training; what this scope notes is the modes to go back to.
        using EvaluationMode modes = new(model);
        try
        {
            Trainer trainer = new(model, optimizer(model.Parameters, from), loss) { Schedule = rate, DropLast = dropLast };
            trainer.StepCompleted += step =>
            {
                losses.Add(step.Loss);
                if (step.Step == steps || (losses[0] > 0 && step.Loss > Broken * losses[0]))
                {
                    trainer.Stop();
                }
            };
            trainer.Fit(train, epochs, batchSize, generator: generator);
        }
        catch (TrainingDivergedException) when (losses.Count > 0)
        {
            // The end of the range: the rates so far are the answer.
        }
        finally
        {
            model.LoadState(before);
            model.ZeroGrad();
        }

        return new RateRange(rate.Rates(losses.Count), losses);
    }
}
