namespace CourseLib.Tensors;

/// <summary>Snapshots of things that consist of named tensors, such as modules and optimizers.</summary>
internal static class NamedTensors
{
    /// <summary>Copies that outlive every tape, by name.</summary>
    internal static IReadOnlyDictionary<string, Tensor> Copy(IEnumerable<(string Name, Tensor Value)> own) =>
        own.ToDictionary(entry => entry.Name, entry => entry.Value.Keep());

    /// <summary>Sets the tensors to those of a snapshot.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    internal static void Load(string owner, IEnumerable<(string Name, Tensor Value)> own, IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (string Name, Tensor Value)[] targets = [.. own];
        foreach ((string name, Tensor value) in targets)
        {
            if (!state.TryGetValue(name, out Tensor source))
            {
                throw new ArgumentException($"LoadState: '{name}' of shape {value.Shape} is missing.", nameof(state));
            }

            if (source.Shape != value.Shape)
            {
                throw new ArgumentException($"LoadState: '{name}' has shape {value.Shape} here, but {source.Shape} in the state.", nameof(state));
            }
        }

        if (state.Count != targets.Length)
        {
            throw new ArgumentException($"LoadState: this {owner} has no '{state.Keys.Except(targets.Select(entry => entry.Name)).First()}'.", nameof(state));
        }

        foreach ((string name, Tensor value) in targets)
        {
            value.CopyFrom(state[name]);
        }
    }
}
