using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Regularizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>The three answers to "when to lower the rate": each step, each epoch, when the validation gets no better.</summary>
public class RateControlTests
{
    private static readonly Linear Model = new(2, 1, generator: new(1));

    // 4 batches of 8 make an epoch.
    private static readonly Dataset Data = new(Tensor.RandN([32, 2], new Generator(3)), Tensor.RandN([32, 1], new Generator(4)));

    [Fact]
    [Term("Learning rate schedule")]
    public void Each_step()
    {
        Assert.Equal([1, 0.75, 0.5, 0.25, 0, 0, 0, 0], Rates(new(Model, Optimizer(), new MSELoss()) { Schedule = Decay.Linear(1, 4) }, 2));
        Assert.All(Rates(new(Model, Optimizer(), new MSELoss()), 2), rate => Assert.Equal(0.125, rate));
    }

    [Fact]
    [Term("Learning rate schedule")]
    public void Each_epoch()
    {
        double[] expected = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25];
        Assert.Equal(expected, Rates(new(Model, Optimizer(), new MSELoss()) { EpochSchedule = Decay.Geometric(1, 0.5) }, 3));
        Assert.Equal(expected, Rates(new(Model, Optimizer(), new MSELoss()) { Schedule = Decay.Geometric(1, 0.5).PerEpoch(4) }, 3));
    }

    [Fact]
    [Term("Reduce on plateau")]
    public void When_the_validation_gets_no_better()
    {
        // After the first epoch the loss is at its minimum, and stays.
        Linear model = new(2, 1, bias: false, generator: new(1));
        Dataset zero = new(Tensor.Zeros(8, 2), Tensor.Ones(8, 1));
        Trainer trainer = new(model, new SGD(model.Parameters, 1), new MSELoss()) { ReduceOnPlateau = new ReduceLROnPlateau(factor: 0.5, patience: 1) };
        double[] expected = [1, 1, 1, 0.5, 0.5, 0.25];
        Assert.Equal(expected, trainer.Fit(zero, 6, 8, zero).Epochs.Select(epoch => epoch.LearningRate));

        // Another training begins anew, with the rate that it finds.
        Assert.Equal(expected.Select(rate => rate * 0.25), trainer.Fit(zero, 6, 8, zero).Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void Options_that_exclude_each_other_are_named()
    {
        ReduceLROnPlateau plateau = new();
        Says("at most one of Schedule, EpochSchedule and ReduceOnPlateau", new(Model, Optimizer(), new MSELoss()) { Schedule = _ => 1, EpochSchedule = _ => 1 });
        Says("at most one of Schedule, EpochSchedule and ReduceOnPlateau", new(Model, Optimizer(), new MSELoss()) { EpochSchedule = _ => 1, ReduceOnPlateau = plateau });
        Says("ReduceOnPlateau watches the validation loss; expected a validation set", new(Model, Optimizer(), new MSELoss()) { ReduceOnPlateau = plateau });
        Says("L2: none of the parameters", new(Model, Optimizer(), new MSELoss()) { Regularizers = [new L2(1, (_, _) => false)] });

        static void Says(string text, Trainer trainer) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(Data, 1, 8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Penalties_steer_the_steps_but_are_not_in_the_losses_reported()
    {
        // The data says nothing about the weights here, so a step multiplies them by 1 - 2 * 0.25 * 1.
        Linear model = new(2, 1, bias: false, generator: new(1));
        Dataset data = new(Tensor.Zeros(8, 2), Tensor.Ones(8, 1));
        float[] before = model.Weight.ToArray();
        Trainer trainer = new(model, new SGD(model.Parameters, 0.25), new MSELoss()) { Regularizers = [new L2(1)] };
        Assert.Equal(1, Assert.Single(trainer.Fit(data, 1, 8).StepLosses));
        Assert.Equal(before.Select(w => w / 2), model.Weight.ToArray());
    }

    [Fact]
    [Term("One-cycle (super-convergence)")]
    public void Momentum_may_follow_a_schedule()
    {
        SGD optimizer = new(Model.Parameters, 0.01, momentum: 0.95);
        Schedule momentum = OneCycle.Momentum(12);
        Trainer trainer = new(Model, optimizer, new MSELoss()) { Schedule = OneCycle.Rate(0.01, 12) };
        List<double> used = [];
        trainer.StepCompleted += step =>
        {
            used.Add(optimizer.Momentum);
            optimizer.Momentum = momentum(step.Step);
        };
        trainer.Fit(Data, 3, 8);
        Assert.Equal(momentum.Rates(12), used);

        Assert.Contains("made with momentum; expected one above 0, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Momentum = 0).Message, StringComparison.Ordinal);
        Assert.Contains("made without momentum; expected 0, got 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer().Momentum = 0.5).Message, StringComparison.Ordinal);
        Assert.Contains("expected Momentum to be a finite number", Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Momentum = double.NaN).Message, StringComparison.Ordinal);
    }

    private static SGD Optimizer() => new(Model.Parameters, 0.125);

    private static List<double> Rates(Trainer trainer, int epochs)
    {
        List<double> rates = [];
        trainer.StepCompleted += step => rates.Add(step.LearningRate);
        trainer.Fit(Data, epochs, 8);
        return rates;
    }
}
