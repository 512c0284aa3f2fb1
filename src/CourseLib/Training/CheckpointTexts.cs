using System.Globalization;
using CourseLib.Interchange;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;

namespace CourseLib.Training;

/// <summary>What a checkpoint keeps as texts, because a float32 would round it: the learning rate, counts, the states of generators.</summary>
internal sealed class CheckpointTexts(string path, IReadOnlyDictionary<string, string> texts)
{
    private const string Format = "courselib checkpoint 1";
    private const string Prefix = "generator.";

    private readonly Dictionary<string, string> texts = new(texts);

    /// <summary>The file, for messages.</summary>
    internal string Path => path;

    internal IReadOnlyDictionary<string, string> All => texts;

    internal int Epoch => int.TryParse(Text("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : throw Wrong("epoch", "an integer from 0 on");

    internal double LearningRate => Rate("learning_rate", Text("learning_rate"));

    /// <summary>The learning rate of each epoch's last step.</summary>
    internal double[] LearningRates => [.. Text("learning_rates").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Rate("learning_rates", text))];

    internal void Set(Module model, Optimizer optimizer, Generator? generator, History history, int epoch)
    {
        texts["format"] = Format;
        texts["optimizer"] = optimizer.GetType().Name;
        texts["epoch"] = epoch.ToString(CultureInfo.InvariantCulture);
        texts["learning_rate"] = Text(optimizer.LearningRate);
        texts["learning_rates"] = string.Join(' ', history.Epochs.Select(record => Text(record.LearningRate)));
        foreach ((string name, Generator value) in Sources(model, generator))
        {
            texts[Prefix + name] = FormattableString.Invariant($"{value.State.Seed} {value.State.Position}");
        }
    }

    internal void RequireFormat()
    {
        if (Text("format") != Format)
        {
            throw Wrong("format", $"'{Format}'");
        }
    }

    internal void RequireOptimizer(string name)
    {
        if (Text("optimizer") != name)
        {
            throw Wrong("optimizer", $"'{name}', the optimizer that it is to be loaded into");
        }
    }

    /// <summary>The generators that the training draws from, each with the state that the file gives it.</summary>
    internal IEnumerable<(Generator Target, GeneratorState State)> Generators(Module model, Generator? generator)
    {
        (string Name, Generator Value)[] own = [.. Sources(model, generator)];
        string? unknown = texts.Keys.FirstOrDefault(key => key.StartsWith(Prefix, StringComparison.Ordinal) && !own.Any(entry => Prefix + entry.Name == key));
        if (unknown is not null)
        {
            throw new InterchangeException($"{path}: the checkpoint has a state for '{Excerpt.Of(unknown)}', which the training to be resumed does not have; expected generators where there were some when it was saved.");
        }

        foreach ((string name, Generator value) in own)
        {
            string[] numbers = Text(Prefix + name).Split(' ');
            yield return numbers.Length == 2
                && ulong.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
                && ulong.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong position)
                ? (value, new GeneratorState(seed, position))
                : throw Wrong(Prefix + name, "a seed and a position");
        }
    }

    private static IEnumerable<(string Name, Generator Value)> Sources(Module model, Generator? generator) =>
        model.NamedGenerators.Select(entry => ("model." + entry.Name, entry.Value)).Prepend(("order", generator ?? Generator.Default)).Prepend(("default", Generator.Default));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Text(string key) =>
        texts.TryGetValue(key, out string? text) ? text : throw new InterchangeException($"{path}: the text '{key}' is missing; expected a checkpoint, as Checkpoint.Save writes it.");

    private double Rate(string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate >= 0 && double.IsFinite(rate) ? rate : throw Wrong(key, "finite numbers from 0 on");

    private InterchangeException Wrong(string key, string expected) => new($"{path}: {key}: expected {expected}, found '{Excerpt.Of(Text(key))}'.");
}
