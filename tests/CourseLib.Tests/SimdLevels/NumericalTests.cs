using CourseLib.Kernels;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CourseLib.Tests.SimdLevels;

/// <summary>Runs those tests of this assembly whose results come out of kernels, in this process, one after the other.</summary>
internal static class NumericalTests
{
    /// <summary>The folders whose tests compute with kernels. Nothing here starts a process of its own: a child has no children.</summary>
    internal static readonly string[] Folders =
    [
        "Kernels", "Tensors", "Autograd", "Initializers", "Activations", "Layers", "Losses", "Regularizers", "Optimizers", "Schedules", "Training", "Parity",
    ];

    /// <summary>
    /// What <see cref="Generator.Default"/> starts with in each test here: one that is given no generator of its own then depends on no other test.
    /// Its result must not hang on this number; <c>seed=7</c> tries another.
    /// </summary>
    internal static ulong DefaultSeed { get; set; }

    /// <param name="Test">Its full name with arguments.</param>
    /// <param name="Failure">What went wrong; null when nothing did.</param>
    internal sealed record Outcome(string Test, string? Failure);

    /// <summary>Runs the tests of the classes that <paramref name="covers"/> says.</summary>
    internal static IReadOnlyList<Outcome> Run(Func<string, bool> covers)
    {
        using Listener messages = new();
        using XunitTestFramework framework = new(messages);
        ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(typeof(NumericalTests).Assembly));
        discoverer.Find(includeSourceInformation: false, messages, new Options());
        messages.Finished.WaitOne();
        messages.Finished.Reset();

        using ITestFrameworkExecutor executor = framework.GetExecutor(typeof(NumericalTests).Assembly.GetName());
        Options alone = new();
        alone.SetValue("xunit.execution.DisableParallelization", true);
        alone.SetValue("xunit.execution.SynchronousMessageReporting", true);
        executor.RunTests(messages.Cases.Where(test => covers(test.TestMethod.TestClass.Class.Name)), messages, alone);
        messages.Finished.WaitOne();
        return messages.Outcomes;
    }

    /// <summary>Whether a class is in one of the folders.</summary>
    internal static bool Covers(string className) =>
        Folders.Any(folder => className.StartsWith($"CourseLib.Tests.{folder}.", StringComparison.Ordinal));

    /// <summary>Whether a class can run in a child: not those that build, or have children themselves; the properties are left out because they are many and speak no language.</summary>
    internal static bool NeedsNoProcess(string className) =>
        !new[] { "Architecture", "SimdLevels", "Properties" }.Any(folder => className.StartsWith($"CourseLib.Tests.{folder}.", StringComparison.Ordinal));

    private sealed class Listener : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        internal List<ITestCase> Cases { get; } = [];

        internal List<Outcome> Outcomes { get; } = [];

        internal ManualResetEvent Finished { get; } = new(initialState: false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage found:
                    Cases.Add(found.TestCase);
                    break;
                case ITestStarting:
                    Generator.ManualSeed(DefaultSeed);
                    break;
                case ITestPassed passed:
                    Outcomes.Add(new(passed.Test.DisplayName, null));
                    break;
                case ITestFailed failed:
                    Outcomes.Add(new(failed.Test.DisplayName, string.Join(" <- ", failed.Messages) + " " + failed.StackTraces.FirstOrDefault()));
                    break;

                // A class whose fixture fails, and the like: nothing may be lost in silence.
                case IErrorMessage error:
                    Outcomes.Add(new(error.TestCases.FirstOrDefault()?.DisplayName ?? "xunit", string.Join(" <- ", error.Messages)));
                    break;
                case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                    Finished.Set();
                    break;
            }

            return true;
        }

        public void Dispose() => Finished.Dispose();
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> values = [];

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;
    }
}
