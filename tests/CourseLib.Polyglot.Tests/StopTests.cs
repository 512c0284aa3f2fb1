using CourseLib.Polyglot.Tests.Hosting;
using Microsoft.DotNet.Interactive.Events;

namespace CourseLib.Polyglot.Tests;

/// <summary>The Stop button of a real host. The cells load CourseLib alone, as the notebooks do.</summary>
[Collection(nameof(RealKernel))]
public sealed class StopTests
{
    // The tenth step does not end before somebody presses Stop, so that what comes next is decided by the step and not by the clock.
    private const string Fit = """
        trainer.StepCompleted += step =>
        {
            if (step.Step == 10)
            {
                "ten steps".Display();
                Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(2));
            }
        };
        try
        {
            history = trainer.Fit(data, epochs: 100, batchSize: 4, generator: new Generator(1));
        }
        finally
        {
            over.SetResult();
        }
        """;

    private const string Prepare = """
        TaskCompletionSource over = new();
        History history = null;
        """;

    [Fact]
    public async Task Stop_ends_fit_at_the_next_step_and_the_next_cell_reads_the_model()
    {
        using RealKernel kernel = new();
        await Cells.Succeed(kernel, Cells.Library, Cells.Small, Prepare);
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RealCell> fit = Task.Run(() => kernel.RunAsync(Fit, heard =>
        {
            if (heard is DisplayedValueProduced { Value: "ten steps" })
            {
                running.SetResult();
            }
        }));
        Assert.True(await Task.WhenAny(running.Task, fit).WaitAsync(TimeSpan.FromMinutes(2)) == running.Task, fit.IsCompleted ? (await fit).Error : "");
        await kernel.StopAsync();
        RealCell stopped = await fit.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Contains("cancelled", stopped.Error, StringComparison.OrdinalIgnoreCase);

        await Cells.Succeed(kernel, "await over.Task;");
        Assert.Equal("Cancelled 10", await Cells.Text(kernel, "$\"{history.StopReason} {history.StepLosses.Count}\""));
        Assert.Equal("True", await Cells.Text(kernel, "(model.Parameters.All(parameter => parameter.ToArray().All(float.IsFinite)) && !model.Parameters[0].ToArray().SequenceEqual(before)).ToString()"));

        // The kernel is as good as before: the same model trains on.
        Assert.Equal("None 4", await Cells.Text(kernel, "History more = new Trainer(model, new Adam(model.Parameters), new MSELoss()).Fit(data, 1, 4); $\"{more.StopReason} {more.StepLosses.Count}\""));
    }
}
