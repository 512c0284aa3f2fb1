using System.Reflection;
using System.Runtime.Loader;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Module = CourseLib.Layers.Module;

namespace CourseLib.Tests.Training;

/// <summary>The Stop button of a host, found by name: here a library of the same name takes the host's place (tests/CourseLib.Polyglot.Tests has the real one).</summary>
public class HostStopTests
{
    private const string Host = """
        namespace Microsoft.DotNet.Interactive;

        using System.Threading;

        public sealed class KernelInvocationContext(CancellationTokenSource source)
        {
            private static readonly AsyncLocal<KernelInvocationContext> current = new();

            public static KernelInvocationContext Current { get => current.Value; set => current.Value = value; }

            public CancellationToken CancellationToken => source.Token;
        }
        """;

    private static readonly Lazy<Type> Cell = new(MakeHost);

    [Fact]
    public void Stop_ends_a_training_at_the_next_step_and_keeps_the_model()
    {
        using CancellationTokenSource stop = new();
        Enter(stop);
        (Trainer trainer, Module model, Dataset data) = Make();
        trainer.StepCompleted += step => StopAt(3, step, stop);
        History history = trainer.Fit(data, 100, 4, generator: new Generator(1));
        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Equal(3, history.StepLosses.Count);

        (Trainer same, Module untilThere, _) = Make();
        same.StepCompleted += step => StopAt(3, step, same);
        Enter(null);
        same.Fit(data, 100, 4, generator: new Generator(1));
        Assert.Equal(untilThere.Parameters.Select(parameter => parameter.ToArray()), model.Parameters.Select(parameter => parameter.ToArray()));
    }

    [Fact]
    public void A_cell_that_was_stopped_trains_no_further()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Enter(stop);
        (Trainer trainer, _, Dataset data) = Make();
        Assert.Empty(trainer.Fit(data, 1, 4).StepLosses);
    }

    [Fact]
    public void The_callers_own_token_counts_beside_the_hosts()
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource own = new();
        Enter(stop);
        (Trainer trainer, _, Dataset data) = Make();
        trainer.StepCompleted += step => StopAt(2, step, own);
        Assert.Equal(2, trainer.Fit(data, 100, 4, cancellation: own.Token).StepLosses.Count);
    }

    [Fact]
    public void Work_that_outlives_its_cell_goes_on()
    {
        CancellationTokenSource stop = new();
        stop.Dispose();
        Enter(stop);
        (Trainer trainer, _, Dataset data) = Make();
        Assert.False(trainer.Fit(data, 2, 4).WasStopped);
    }

    private static void StopAt(int last, TrainingStep step, object stop)
    {
        if (step.Step == last)
        {
            (stop as CancellationTokenSource)?.Cancel();
            (stop as Trainer)?.Stop();
        }
    }

    private static void Enter(CancellationTokenSource? source) =>
        Cell.Value.GetProperty("Current")!.SetValue(null, source is null ? null : Activator.CreateInstance(Cell.Value, source));

    private static (Trainer Trainer, Module Model, Dataset Data) Make()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make("Adam", 16);
        return (new Trainer(model, optimizer, new CrossEntropyLoss()), model, data);
    }

    private static Type MakeHost()
    {
        string[] framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Microsoft.DotNet.Interactive",
            [CSharpSyntaxTree.ParseText(Host)],
            framework.Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll").Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream assembly = new();
        Assert.True(compilation.Emit(assembly).Success);
        assembly.Position = 0;
        Assembly host = AssemblyLoadContext.Default.LoadFromStream(assembly);
        return host.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext", throwOnError: true)!;
    }
}
