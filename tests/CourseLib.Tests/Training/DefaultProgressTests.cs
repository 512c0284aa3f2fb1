using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Whoever is asked at the beginning of every training hears of it, and changes nothing.</summary>
public sealed class DefaultProgressTests : IDisposable
{
    // Trainings of other tests, at the same time in other threads, have nobody to hear of them.
    private static readonly AsyncLocal<Listener?> Here = new();

    public DefaultProgressTests() => Trainer.DefaultProgress = history => Here.Value?.At(history);

    public void Dispose() => Trainer.DefaultProgress = null;

    [Fact]
    public void It_hears_every_step_beside_the_callers_own_and_the_end()
    {
        using Listener listener = new();
        using Listener own = new();
        Here.Value = listener;
        (Trainer trainer, Module model, Dataset data) = Make();
        History history = trainer.Fit(data, 2, 4, generator: new Generator(1), progress: own);
        Assert.Same(history, listener.History);
        Assert.Equal(history.StepLosses, listener.Steps.Select(step => step.Loss));
        Assert.Equal(own.Steps, listener.Steps);
        Assert.Equal(1, listener.Ends);

        Here.Value = null;
        (Trainer alone, Module same, _) = Make();
        Assert.Equal(history.StepLosses, alone.Fit(data, 2, 4, generator: new Generator(1)).StepLosses);
        Assert.Equal(same.Parameters.Select(parameter => parameter.ToArray()), model.Parameters.Select(parameter => parameter.ToArray()));
        Assert.Equal(history.StepLosses.Count, listener.Steps.Count);
    }

    [Fact]
    public void It_hears_the_end_of_a_training_that_fails_and_nothing_of_the_next()
    {
        using Listener listener = new();
        Here.Value = listener;
        (Trainer trainer, _, Dataset data) = Make();
        void Fail(TrainingStep step) => throw new TimeoutException();
        trainer.StepCompleted += Fail;
        Assert.Throws<TimeoutException>(() => trainer.Fit(data, 1, 4));
        Assert.Equal(1, listener.Ends);

        Here.Value = null;
        trainer.StepCompleted -= Fail;
        trainer.Fit(data, 1, 4);
        Assert.Empty(listener.Steps);
    }

    private static (Trainer Trainer, Module Model, Dataset Data) Make()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make("Adam", 16);
        return (new Trainer(model, optimizer, new CrossEntropyLoss()), model, data);
    }

    private sealed class Listener : IProgress<TrainingStep>, IDisposable
    {
        public History? History { get; private set; }

        public List<TrainingStep> Steps { get; } = [];

        public int Ends { get; private set; }

        public Listener At(History history)
        {
            History = history;
            return this;
        }

        public void Report(TrainingStep value) => Steps.Add(value);

        public void Dispose() => Ends++;
    }
}
