namespace CourseLib.Training;

/// <summary>The loss became NaN or infinite. The model is left as it is, for a look at what happened.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Says what became what, where, and what to try.</summary>
    /// <param name="message">The message.</param>
    /// <param name="history">What was recorded up to then.</param>
    public TrainingDivergedException(string message, History history)
        : base(message) => History = history;

    /// <summary>What was recorded up to then.</summary>
    public History History { get; }
}
