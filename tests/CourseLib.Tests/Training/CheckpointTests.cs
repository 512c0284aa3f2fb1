using System.Reflection;
using CourseLib.Data;
using CourseLib.Interchange;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Data;
using CourseLib.Tests.Kernels;
using CourseLib.Tests.Shared;
using CourseLib.Training;
using Module = CourseLib.Layers.Module;
using ReLU = CourseLib.Activations.ReLU;

namespace CourseLib.Tests.Training;

/// <summary>A training that ends in the middle and is resumed from its file equals the one that was never interrupted, to the last bit. Alone, because it draws from the default generator.</summary>
[Collection(nameof(ProcessState))]
public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 6;

    private static readonly Dataset Train = Noise(43, seed: 1);
    private static readonly Dataset Validation = Noise(20, seed: 2);

    private readonly TemporaryFolder folder = new();

    private string Last => folder["last.safetensors"];

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Recipes => ["Adam, cosine", "Adam, constant", "AMSGrad, plateau", "AdamW, epochs", "SGD, cyclical", "Nesterov, early stopping"];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_resumed_training_equals_the_uninterrupted_one_bit_for_bit(string recipe)
    {
        Setup whole = new(recipe, seed: 7);
        Generator.ManualSeed(5);
        History expected = whole.Fit();
        Assert.Equal(recipe.EndsWith("stopping", StringComparison.Ordinal), expected.RestoredEpoch is not null);

        // Ends as a power cut does: in the epoch after the one that was saved.
        for (int saved = 1; saved < expected.Epochs.Count; saved++)
        {
            Setup first = new(recipe, seed: 7, new CheckpointPlan(Last));
            Generator.ManualSeed(5);
            first.CutPowerAfter(saved);

            // Everything else is made anew and of other numbers.
            Setup second = new(recipe, seed: 8);
            Generator.ManualSeed(99);
            Checkpoint at = Checkpoint.Load(Last, second.Model, second.Optimizer, second.Order);
            Assert.Equal(saved, at.Epoch);
            Assert.Equal(expected.Epochs.Take(saved), at.History.Epochs);
            History actual = second.Fit(resume: at);
            Assert.Equal(expected.Epochs, actual.Epochs);
            Assert.Equal(expected.StepLosses, actual.StepLosses);
            Assert.Equal((expected.StopReason, expected.RestoredEpoch), (actual.StopReason, actual.RestoredEpoch));
            Assert.Equal(whole.Bits(), second.Bits());
        }
    }

    [Fact]
    public void The_recipes_differ_in_what_they_must_not_forget()
    {
        // Without its state each part changes the outcome, so that the comparison above would find it missing.
        Setup whole = new("Adam, cosine", seed: 7, new CheckpointPlan(Last));
        Generator.ManualSeed(5);
        whole.CutPowerAfter(3);
        uint[] Resume(Action<Setup> forget)
        {
            Setup second = new("Adam, cosine", seed: 7);
            Checkpoint at = Checkpoint.Load(Last, second.Model, second.Optimizer, second.Order);
            forget(second);
            second.Fit(resume: at);
            return second.Bits();
        }

        uint[] right = Resume(_ => { });
        Assert.Equal(right, Resume(_ => { }));
        Assert.NotEqual(right, Resume(_ => Generator.ManualSeed(5)));
        Assert.NotEqual(right, Resume(second => second.Order.State = new Generator(7).State));
        Assert.NotEqual(right, Resume(second => second.Model.NamedGenerators.Single().Value.State = default));
        Assert.NotEqual(right, Resume(second => second.Model.NamedBuffers.First().Value.Fill(0)));
        Assert.All(whole.Optimizer.NamedState.Select(entry => entry.Name), name =>
            Assert.NotEqual(right, Resume(second => second.Optimizer.NamedState.Single(entry => entry.Name == name).Value.Fill(3))));
    }

    [Fact]
    public void The_best_model_is_kept_and_a_resumed_training_knows_which_it_was()
    {
        Setup run = new("Adam, constant", seed: 7, new CheckpointPlan(Last, folder["best.npz"]));
        Dictionary<int, float[]> weights = [];
        run.Trainer.EpochCompleted += epoch => weights[epoch.Epoch] = Numbers(run.Model);
        Generator.ManualSeed(5);
        History history = run.Fit();
        int best = history.Epochs.MinBy(epoch => epoch.Validation!.Value.Loss)!.Epoch;
        Setup loaded = new("Adam, constant", seed: 8);
        loaded.Model.Load(folder["best.npz"]);
        Assert.Equal(weights[best], Numbers(loaded.Model));
        Assert.Equal(["best.npz", "last.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());

        // Goes on for another epoch, at a rate that spoils everything.
        Setup more = new("Adam, constant", seed: 8, new CheckpointPlan(null, folder["best.npz"]));
        Checkpoint at = Checkpoint.Load(Last, more.Model, more.Optimizer, more.Order);
        more.Optimizer.LearningRate = 10;
        DateTime written = new(2001, 1, 1);
        File.SetLastWriteTimeUtc(folder["best.npz"], written);
        History longer = more.Fit(resume: at, epochs: Epochs + 1);
        Assert.True(longer.Epochs[^1].Validation!.Value.Loss > longer.Epochs[best - 1].Validation!.Value.Loss);
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder["best.npz"]));
    }

    [Fact]
    public void A_loop_of_ones_own_can_save_too()
    {
        Setup run = new("Adam, constant", seed: 7);
        run.Optimizer.LearningRate = 1.0 / 3;
        run.Order.NextSingle();
        Checkpoint.Save(Last, run.Model, run.Optimizer, run.Order, epoch: 4);
        Setup other = new("Adam, constant", seed: 8);
        Checkpoint read = Checkpoint.Load(Last, other.Model, other.Optimizer, other.Order);
        Assert.Equal((4, 0, 1.0 / 3, run.Order.State), (read.Epoch, read.History.Epochs.Count, other.Optimizer.LearningRate, other.Order.State));
        Assert.Equal(run.Bits(), other.Bits());
    }

    [Fact]
    public void What_does_not_fit_changes_nothing_and_is_named()
    {
        Setup saved = new("Adam, constant", seed: 7);
        Checkpoint.Save(Last, saved.Model, saved.Optimizer, saved.Order);
        void Refused(Module model, Optimizer optimizer, string expected)
        {
            float[] All() => [.. Numbers(model), .. optimizer.NamedState.SelectMany(entry => entry.Value.ToArray())];
            float[] before = All();
            string message = Assert.Throws<InterchangeException>(() => Checkpoint.Load(Last, model, optimizer, new Generator(1))).Message;
            Assert.Contains(Last, message, StringComparison.Ordinal);
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Equal(before, All());
        }

        Setup other = new("Adam, constant", seed: 8);
        Refused(other.Model, new SGD(other.Model.Parameters, 0.1, momentum: 0.9), "optimizer: expected 'SGD', the optimizer that it is to be loaded into, found 'Adam'");
        Refused(other.Model, new Adam(other.Model.Parameters, amsgrad: true), "does not fit the Adam, which is left as it was; missing: 'largest_second_moment.0'");
        Linear linear = new(4, 3);
        Refused(linear, new Adam(linear.Parameters), "does not fit the Linear");
        Sequential silent = new([.. Enumerable.Range(0, other.Model.Count).Select(i => other.Model[i] is Dropout ? new Dropout(0.2) : other.Model[i])]);
        Refused(silent, new Adam(silent.Parameters), "'generator.model.");
        saved.Model.Save(Last);
        Refused(other.Model, other.Optimizer, "the text 'format' is missing; expected a checkpoint");
    }

    [Theory]
    [InlineData("epoch", "-1", "epoch: expected an integer from 0 on, found '-1'")]
    [InlineData("epoch", "", "epoch: expected")]
    [InlineData("learning_rate", "NaN", "learning_rate: expected finite numbers from 0 on, found 'NaN'")]
    [InlineData("learning_rates", "0.1", "history: expected")]
    [InlineData("generator.order", "1", "generator.order: expected a seed and a position")]
    [InlineData("generator.default", "1 99999999999999999999", "generator.default: expected")]
    [InlineData("format", "courselib checkpoint 2", "format: expected 'courselib checkpoint 1'")]
    public void A_text_that_is_wrong_is_named(string key, string text, string expected)
    {
        Setup saved = new("Adam, constant", seed: 7);
        Checkpoint.Save(Last, saved.Model, saved.Optimizer, saved.Order);
        IReadOnlyDictionary<string, Tensor> tensors = SafeTensors.Load(Last, out IReadOnlyDictionary<string, string> texts);
        SafeTensors.Save(Last, tensors, new Dictionary<string, string>(texts) { [key] = text });
        uint[] before = saved.Bits();
        string message = Assert.Throws<InterchangeException>(() => Checkpoint.Load(Last, saved.Model, saved.Optimizer, saved.Order)).Message;
        Assert.StartsWith($"{Last}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(before, saved.Bits());
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        Setup run = new("Adam, constant", seed: 7, new CheckpointPlan(Last));
        run.Fit(epochs: 2);
        Checkpoint at = Checkpoint.Load(Last, run.Model, run.Optimizer, run.Order);
        Assert.Contains("epoch 2; expected one of at most 1", Assert.Throws<ArgumentException>(() => run.Fit(resume: at, epochs: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("made after 10 steps; with this set and batch size they are 4", Assert.Throws<ArgumentException>(() => run.Trainer.Fit(Train, 4, 22, Validation, run.Order, resume: at)).Message, StringComparison.Ordinal);
        Setup stopping = new("Nesterov, early stopping", seed: 7);
        Checkpoint.Save(Last, stopping.Model, stopping.Optimizer, stopping.Order, epoch: 2);
        at = Checkpoint.Load(Last, stopping.Model, stopping.Optimizer, stopping.Order);
        Assert.Contains("has the history of 0 epochs", Assert.Throws<ArgumentException>(() => stopping.Fit(resume: at)).Message, StringComparison.Ordinal);
        Assert.Contains("Checkpoints watches the validation loss", Assert.Throws<ArgumentException>(() =>
            new Trainer(run.Model, run.Optimizer, new CrossEntropyLoss()) { Checkpoints = new CheckpointPlan(best: "b.npz") }.Fit(Train, 1, 10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_module_that_holds_a_generator_says_so()
    {
        Type[] holders = [.. typeof(Module).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Module)) && FieldsOf(type).Any(field => field.FieldType == typeof(Generator)))];
        Assert.Contains(typeof(Dropout), holders);
        Assert.Contains(typeof(GaussianNoise), holders);
        Assert.All(holders, type => Assert.NotEqual(typeof(Module), type.GetProperty("Randomness", BindingFlags.Instance | BindingFlags.NonPublic)!.GetMethod!.DeclaringType));
        static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
    }

    [Fact]
    public void Mutated_files_are_loaded_or_refused()
    {
        Setup saved = new("Adam, constant", seed: 7, new CheckpointPlan(Last));
        saved.Fit(epochs: 2);
        using ThreadLocal<Setup> target = new(() => new Setup("Adam, constant", seed: 8));
        Mutator mutator = new(File.ReadAllBytes(Last));
        MutationRun.Run<InterchangeException>(mutator, file => Checkpoint.Load(new MemoryStream(file), "x", target.Value!.Model, target.Value.Optimizer, target.Value.Order), 500_000);
    }

    private static float[] Numbers(Module model) => [.. model.NamedParameters.Concat(model.NamedBuffers).SelectMany(entry => entry.Value.ToArray())];

    /// <summary>Labels that mean nothing: the model learns them by heart, and the validation soon gets worse.</summary>
    private static Dataset Noise(int count, ulong seed)
    {
        Generator generator = new(seed);
        return new Dataset(Tensor.RandN([count, 4], generator), Tensor.From([.. Enumerable.Range(0, count).Select(_ => (float)generator.NextInt(3))]));
    }

    /// <summary>A model with all that remembers something, and what trains it.</summary>
    private sealed class Setup
    {
        internal Setup(string recipe, ulong seed, CheckpointPlan? checkpoints = null)
        {
            Order = new Generator(seed);
            Generator weights = new(seed);
            Model = new Sequential(new Linear(4, 16, generator: weights), new BatchNorm1d(16), new ReLU(), new Dropout(0.2), new Linear(16, 8, generator: weights), new Dropout(0.3, new Generator(seed + 1)), new Linear(8, 3, generator: weights));
            Optimizer = recipe.Split(',')[0] switch
            {
                "Adam" => new Adam(Model.Parameters, 0.05),
                "AMSGrad" => new Adam(Model.Parameters, 0.05, amsgrad: true),
                "AdamW" => new AdamW(Model.Parameters, 0.05),
                "SGD" => new SGD(Model.Parameters, 0.1, momentum: 0.9, dampening: 0.1),
                _ => new SGD(Model.Parameters, 0.1, momentum: 0.9, nesterov: true),
            };
            string schedule = recipe.Split(", ")[1];
            Trainer = new Trainer(Model, Optimizer, new CrossEntropyLoss())
            {
                Checkpoints = checkpoints,
                Schedule = schedule switch { "cosine" => Cosine.Annealing(0.05, 40), "cyclical" => Cyclical.Triangular(0.01, 0.1, 7), _ => null },
                EpochSchedule = schedule == "epochs" ? Cosine.WarmRestarts(0.05, 2) : null,
                ReduceOnPlateau = schedule == "plateau" ? new ReduceLROnPlateau(factor: 0.5, patience: 0, cooldown: 1) : null,
                EarlyStopping = schedule == "early stopping" ? new EarlyStopping(patience: 3) : null,
            };
        }

        internal Generator Order { get; }

        internal Sequential Model { get; }

        internal Optimizer Optimizer { get; }

        internal Trainer Trainer { get; }

        internal History Fit(int epochs = Epochs, Checkpoint? resume = null) => Trainer.Fit(Train, epochs, 10, Validation, Order, resume: resume);

        /// <summary>Trains, and ends in the epoch after the given one, before it is saved.</summary>
        internal void CutPowerAfter(int saved)
        {
            Trainer.EpochCompleted += epoch =>
            {
                if (epoch.Epoch > saved)
                {
                    throw new TimeoutException();
                }
            };
            Assert.Throws<TimeoutException>(() => Fit());
        }

        internal uint[] Bits() => [.. Numbers(Model).Concat(Optimizer.NamedState.SelectMany(entry => entry.Value.ToArray())).Select(BitConverter.SingleToUInt32Bits), (uint)Order.State.Position];
    }
}
