using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>Which parameters a <see cref="Regularizer"/> is for, by their path in the model and their shape.</summary>
/// <example><c>new L1(1e-4, on: ParameterSet.All)</c></example>
public static class ParameterSet
{
    /// <summary>Matrices and kernels: all parameters with two axes or more. The factors of normalisation layers, vectors whose scale is their purpose, are none.</summary>
    public static bool Weights(string name, Tensor parameter) => parameter.Rank >= 2;

    /// <summary>Parameters named <c>bias</c>.</summary>
    public static bool Biases(string name, Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == "bias" || name.EndsWith(".bias", StringComparison.Ordinal);
    }

    /// <summary>Every parameter, as torch's weight_decay.</summary>
    public static bool All(string name, Tensor parameter) => true;
}
