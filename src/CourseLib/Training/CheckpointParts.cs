using CourseLib.Interchange;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>The sections of a checkpoint's file: tensors whose names begin with the section's, and the texts.</summary>
internal sealed class CheckpointParts
{
    private readonly string path;
    private readonly Dictionary<string, Tensor> tensors = [];

    internal CheckpointParts(string path)
        : this(path, new CheckpointTexts(path, new Dictionary<string, string>()))
    {
    }

    private CheckpointParts(string path, CheckpointTexts texts) => (this.path, Texts) = (path, texts);

    internal CheckpointTexts Texts { get; }

    internal static CheckpointParts Read(Stream stream, string path)
    {
        IReadOnlyDictionary<string, Tensor> tensors = SafeTensors.Load(stream, path, out IReadOnlyDictionary<string, string> texts);
        CheckpointParts parts = new(path, new CheckpointTexts(path, texts));
        parts.Add("", tensors);
        return parts;
    }

    internal void Add(string section, IReadOnlyDictionary<string, Tensor> entries)
    {
        foreach ((string name, Tensor value) in entries)
        {
            tensors.Add(section + name, value);
        }
    }

    /// <summary>The tensors of a section, by their names in it.</summary>
    internal IReadOnlyDictionary<string, Tensor> Section(string section) =>
        tensors.Where(entry => entry.Key.StartsWith(section, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[section.Length..], entry => entry.Value);

    internal void Write() => SafeTensors.Save(path, tensors, Texts.All);
}
