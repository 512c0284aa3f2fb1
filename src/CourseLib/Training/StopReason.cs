namespace CourseLib.Training;

/// <summary>Why a training ended before its last step.</summary>
public enum StopReason
{
    /// <summary>It did not: all epochs were made.</summary>
    None,

    /// <summary>A callback called <see cref="Trainer.Stop"/>.</summary>
    Requested,

    /// <summary>Its cancellation token was cancelled.</summary>
    Cancelled,

    /// <summary>The validation did not get better any more: <see cref="Trainer.EarlyStopping"/>.</summary>
    EarlyStopping,
}
