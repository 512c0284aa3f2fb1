using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Where a NaN or an infinity first appeared.</summary>
public enum AnomalyOrigin
{
    /// <summary>In what the computation was given: data, or a constant.</summary>
    Input,

    /// <summary>In a parameter, before the forward pass began.</summary>
    Parameter,

    /// <summary>In the output of an operation whose inputs were finite: forward.</summary>
    Output,

    /// <summary>In a gradient that an operation made of a finite one: backward.</summary>
    Gradient,

    /// <summary>In a parameter, by the optimizer's step along finite gradients.</summary>
    Update,
}

/// <summary>The first number of a computation that is not finite.</summary>
/// <param name="Origin">In which part of the step it appeared.</param>
/// <param name="Place">The operation with its layer, such as <c>Linear of layer '2' (Linear(8, 2))</c>; empty for a parameter.</param>
/// <param name="Tensor">What holds it: a parameter's path, or a description.</param>
/// <param name="Shape">The shape of that tensor.</param>
/// <param name="Index">The position of the first such element, row-major.</param>
/// <param name="Value">The element: NaN or an infinity.</param>
public sealed record Anomaly(AnomalyOrigin Origin, string Place, string Tensor, Shape Shape, int Index, float Value)
{
    /// <summary>What happened as one clause.</summary>
    public override string ToString() => FormattableString.Invariant(Origin switch
    {
        AnomalyOrigin.Input => $"{Tensor} of shape {Shape}, given to {Place}, is not finite (element {Index} is {Value})",
        AnomalyOrigin.Parameter => $"the first parameter that is not finite is {Tensor} (element {Index} is {Value})",
        AnomalyOrigin.Output => $"the first result that is not finite is the output of {Place}, of shape {Shape} (element {Index} is {Value}); its inputs are finite",
        AnomalyOrigin.Gradient => $"the first gradient that is not finite is that of {Tensor}, of shape {Shape} (element {Index} is {Value}), made by the backward pass of {Place} from a finite one",
        _ => $"the optimizer's step made {Tensor} not finite (element {Index} is {Value}); its gradient was finite",
    });
}

/// <summary>A computation watched by <see cref="AnomalyDetection"/> made a NaN or an infinity.</summary>
/// <param name="message">The message.</param>
/// <param name="anomaly">What became what, where.</param>
public sealed class AnomalyException(string message, Anomaly anomaly) : InvalidOperationException(message)
{
    /// <summary>What became what, where.</summary>
    public Anomaly Anomaly { get; } = anomaly;
}
