using CourseLib.Interchange;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>
/// A training in a file: everything that its next step depends on, so that a run that is resumed equals the run that was never interrupted, bit for bit.
/// <code>
/// new Trainer(model, optimizer, loss) { Checkpoints = new CheckpointPlan(last: "run.safetensors") }.Fit(train, 20, 64, generator: order);
/// // later, with a model, an optimizer and a trainer made in the same way:
/// Checkpoint at = Checkpoint.Load("run.safetensors", model, optimizer, order);
/// new Trainer(model, optimizer, loss).Fit(train, 20, 64, generator: order, resume: at);
/// </code>
/// </summary>
/// <remarks>
/// One safetensors file, which appears whole or not at all: <c>model.*</c> parameters and buffers, <c>optimizer.*</c> moments and counts of steps,
/// <c>history.*</c> the learning curve, <c>best.*</c> the weights that early stopping would put back; the learning rate, the epoch and the states of the random
/// generators as texts. Not in it are the settings: make model, optimizer, schedule and trainer as they were.
/// </remarks>
public sealed class Checkpoint
{
    private Checkpoint(int epoch, History history, IReadOnlyDictionary<string, Tensor>? best) => (Epoch, History, Best) = (epoch, history, best);

    /// <summary>Epochs that were finished.</summary>
    public int Epoch { get; }

    /// <summary>The learning curve up to here; empty when it was saved without one.</summary>
    public History History { get; }

    /// <summary>The weights of the best epoch, when early stopping holds other weights than the model's.</summary>
    internal IReadOnlyDictionary<string, Tensor>? Best { get; }

    /// <summary>Saves a training between two epochs.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="generator">The generator that shuffles the examples; <see cref="Generator.Default"/>, which is saved in any case, when null. Those that modules draw from are saved too.</param>
    /// <param name="history">The learning curve so far; may be null.</param>
    /// <param name="epoch">Epochs that were finished; those of the history when null.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(string path, Module model, Optimizer optimizer, Generator? generator = null, History? history = null, int? epoch = null) =>
        Save(path, model, optimizer, generator, history ?? new History(0), epoch ?? history?.Epochs.Count ?? 0, best: null);

    /// <summary>Sets model, optimizer and generators to where a training was saved: all of them or, when anything does not fit, none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">A model of the structure that was saved.</param>
    /// <param name="optimizer">An optimizer of the kind that was saved, with the same settings.</param>
    /// <param name="generator">The generator that will shuffle the examples; <see cref="Generator.Default"/>, which is set in any case, when null.</param>
    /// <returns>What to give to <see cref="Trainer.Fit"/>.</returns>
    /// <exception cref="InterchangeException">The file is damaged, is no checkpoint, or is one of another model or optimizer.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Checkpoint Load(string path, Module model, Optimizer optimizer, Generator? generator = null)
    {
        using FileStream stream = Sources.Open(path);
        return Load(stream, path, model, optimizer, generator);
    }

    internal static Checkpoint Load(Stream stream, string path, Module model, Optimizer optimizer, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckpointParts parts = CheckpointParts.Read(stream, path);
        CheckpointTexts texts = parts.Texts;
        texts.RequireFormat();
        texts.RequireOptimizer(optimizer.GetType().Name);
        IReadOnlyDictionary<string, Tensor> weights = ModelFiles.Fit(model, parts.Section("model."), path);
        Dictionary<string, Tensor> own = optimizer.NamedState.ToDictionary(entry => entry.Name, entry => entry.Value);
        IReadOnlyDictionary<string, Tensor> moments = parts.Section("optimizer.");
        NamedFit.Require(path, optimizer.GetType().Name, own, moments);
        IReadOnlyDictionary<string, Tensor> best = parts.Section("best.");
        best = best.Count == 0 ? best : ModelFiles.Fit(model, best, path);
        History history = CheckpointHistory.Decode(parts.Section("history."), texts);
        (Generator Target, GeneratorState State)[] generators = [.. texts.Generators(model, generator)];
        (int epoch, double rate) = (texts.Epoch, texts.LearningRate);

        // Nothing was changed so far, and nothing fails from here on.
        model.LoadState(weights);
        optimizer.LoadState(moments);
        optimizer.LearningRate = rate;
        foreach ((Generator target, GeneratorState state) in generators)
        {
            target.State = state;
        }

        return new Checkpoint(epoch, history, best.Count == 0 ? null : best);
    }

    internal static void Save(string path, Module model, Optimizer optimizer, Generator? generator, History history, int epoch, IReadOnlyDictionary<string, Tensor>? best)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Requires.AtLeast("Checkpoint.Save", nameof(epoch), epoch, 0);
        CheckpointParts parts = new(path);
        parts.Add("model.", ModelFiles.State(model));
        parts.Add("optimizer.", optimizer.NamedState.ToDictionary(entry => entry.Name, entry => entry.Value));
        parts.Add("best.", best ?? new Dictionary<string, Tensor>());
        parts.Add("history.", CheckpointHistory.Encode(history));
        parts.Texts.Set(model, optimizer, generator, history, epoch);
        parts.Write();
    }
}
