namespace CourseLib.Schedules;

/// <summary>Which way a metric gets better; the Trainer gives the validation loss to what minimises and the validation accuracy to what maximises.</summary>
public enum MetricMode
{
    /// <summary>Smaller is better, as of a loss.</summary>
    Min,

    /// <summary>Larger is better, as of an accuracy.</summary>
    Max,
}
