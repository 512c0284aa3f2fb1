using CourseLib.Interactive;
using CourseLib.Interactive.Live;
using CourseLib.Polyglot.Tests.Hosting;
using CourseLib.Training;

namespace CourseLib.Polyglot.Tests;

/// <summary>Trainings that show themselves while they run.</summary>
[Collection(nameof(RealKernel))]
public sealed class LiveTests : IDisposable
{
    private const string TwoTrainings = """
        trainer.Fit(data, epochs: 60, batchSize: 4, validation: data, generator: new Generator(1));
        trainer.Fit(data, epochs: 2, batchSize: 4, generator: new Generator(2));
        """;

    private const string Numbers = """
        Generator seeded = new(3);
        Module same = new Sequential(new Linear(2, 8, generator: seeded), new Dropout(0.2, seeded), new Linear(8, 1, generator: seeded));
        History history = new Trainer(same, new Adam(same.Parameters), new MSELoss()).Fit(data, 15, 4, validation: data, generator: seeded);
        string.Join(' ', history.StepLosses.Concat(history.Epochs.Select(epoch => epoch.Validation.Value.Loss)).Concat(same.Parameters.SelectMany(parameter => parameter.ToArray())).Select(BitConverter.SingleToInt32Bits))
        """;

    public void Dispose()
    {
        Trainer.DefaultProgress = null;
        LivePanel.Clock = TimeProvider.System;
    }

    [Fact]
    public async Task A_cell_shows_one_picture_that_changes_as_often_as_there_is_time_for()
    {
        // Each look at the clock is a minute later: a step takes a minute, and so does a picture.
        LivePanel.Clock = new StrangeClock(TimeSpan.FromMinutes(1));
        using RealKernel kernel = await Start();
        RealCell cell = await Cells.Succeed(kernel, Cells.Small, TwoTrainings);
        string html = Assert.Single(cell.Texts("text/html"));
        Assert.Contains("Training 2: epoch 2 of 2, step 8 of 8", html, StringComparison.Ordinal);
        Assert.Contains(", done", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);

        Assert.Contains(cell.Updates, update => update.Contains("Training: epoch 60 of 60, step 240 of 240", StringComparison.Ordinal) && update.Contains(">validation<", StringComparison.Ordinal));
        int[] steps = [.. Enumerable.Range(1, 239).Where(step => cell.Updates.Any(update => update.Contains($"<progress max=\"240\" value=\"{step}\"", StringComparison.Ordinal)))];
        Assert.InRange(steps.Length, 8, 12);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 20, 24));
    }

    [Fact]
    public async Task A_short_training_shows_nothing()
    {
        LivePanel.Clock = new StrangeClock(TimeSpan.Zero);
        using RealKernel kernel = await Start();
        RealCell cell = await Cells.Succeed(kernel, Cells.Small, TwoTrainings + "\n\"end\"");
        Assert.Equal("end", Assert.Single(cell.Texts("text/plain")));
        Assert.Empty(cell.Texts("text/html"));
        Assert.Empty(cell.Updates);
    }

    [Fact]
    public async Task The_numbers_are_the_same_to_the_last_bit()
    {
        LivePanel.Clock = new StrangeClock(TimeSpan.FromMinutes(1));
        using RealKernel kernel = await Start();
        await Cells.Succeed(kernel, Cells.Small);
        RealCell shown = await Cells.Succeed(kernel, Numbers);
        Assert.NotEmpty(shown.Updates);

        Trainer.DefaultProgress = null;
        RealCell alone = await Cells.Succeed(kernel, Numbers);
        Assert.Empty(alone.Updates);
        Assert.Equal(Assert.Single(alone.Texts("text/plain")), Assert.Single(shown.Texts("text/plain")));
    }

    [Fact]
    public void Outside_a_cell_nobody_looks_on() => Assert.Null(LiveTraining.Begin(null!));

    private static async Task<RealKernel> Start()
    {
        RealKernel kernel = new();
        await Cells.Succeed(kernel, Cells.Library);
        await kernel.LoadAsync(new CourseExtension());
        return kernel;
    }

    private sealed class StrangeClock(TimeSpan tick) : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref ticks, tick.Ticks);
    }
}
