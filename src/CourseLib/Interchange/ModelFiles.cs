using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>Saves models to files and loads them: parameters and buffers under the names of <see cref="Module.NamedParameters"/>, which are PyTorch's.</summary>
public static class ModelFiles
{
    private const string BatchCount = "num_batches_tracked";

    /// <summary>Writes parameters and buffers. The file appears whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; its ending, <c>.safetensors</c> or <c>.npz</c>, is the format.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(this Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, Tensor> state = State(model);
        if (IsArchive(nameof(Save), path))
        {
            Npz.Save(path, state);
        }
        else
        {
            SafeTensors.Save(path, state);
        }
    }

    /// <summary>Sets parameters and buffers to those of a file: all of them, or, when anything does not fit, none.</summary>
    /// <remarks>PyTorch's count of batches (<c>num_batches_tracked</c>), which no layer here has or needs, may be in the file.</remarks>
    /// <param name="model">A model of the structure that was saved.</param>
    /// <param name="path">The file; its ending, <c>.safetensors</c> or <c>.npz</c>, is the format.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    /// <exception cref="InterchangeException">The file is not whole, or it is of another model: the message says what is missing, unexpected or of another shape.</exception>
    public static void Load(this Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyDictionary<string, Tensor> tensors = IsArchive(nameof(Load), path) ? Npz.Load(path) : SafeTensors.Load(path);
        model.LoadState(Fit(model, tensors, path));
    }

    /// <summary>The tensors of a file that are a model's, once it is certain that they are all of the model's.</summary>
    internal static IReadOnlyDictionary<string, Tensor> Fit(Module model, IReadOnlyDictionary<string, Tensor> tensors, string path)
    {
        Dictionary<string, Tensor> own = State(model);
        Dictionary<string, Tensor> state = tensors.Where(entry => own.ContainsKey(entry.Key) || !entry.Key.EndsWith(BatchCount, StringComparison.Ordinal)).ToDictionary();
        NamedFit.Require(path, model.GetType().Name, own, state);
        return state;
    }

    /// <summary>The model's own tensors by name, not copied.</summary>
    internal static Dictionary<string, Tensor> State(Module model) =>
        model.NamedParameters.Concat(model.NamedBuffers).ToDictionary(entry => entry.Name, entry => entry.Value);

    private static bool IsArchive(string operation, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => true,
            ".safetensors" => false,
            string other => throw new ArgumentException($"{operation}: expected a file name that ends in .safetensors or .npz, got '{other}' in {path}.", nameof(path)),
        };
    }
}
