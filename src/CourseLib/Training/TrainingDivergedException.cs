namespace CourseLib.Training;

/// <summary>The loss became NaN or infinite. The model is left as it is, for a look at what happened.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Says what became what, where, and what to try.</summary>
    /// <param name="message">The message.</param>
    /// <param name="history">What was recorded up to then.</param>
    /// <param name="anomaly">The first number that was not finite, if it was found.</param>
    /// <param name="inner">What a watch for anomalies threw.</param>
    public TrainingDivergedException(string message, History history, Anomaly? anomaly = null, Exception? inner = null)
        : base(message, inner) => (History, Anomaly) = (history, anomaly);

    /// <summary>What was recorded up to then.</summary>
    public History History { get; }

    /// <summary>The first number that was not finite: in which tensor, made by which operation of which layer; null where nothing of the graph shows it.</summary>
    public Anomaly? Anomaly { get; }
}
