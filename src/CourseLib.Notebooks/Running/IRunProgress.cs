namespace CourseLib.Notebooks.Running;

/// <summary>Is told how a run goes on; several notebooks may run at once, so calls come from any thread.</summary>
internal interface IRunProgress
{
    /// <summary>A notebook begins.</summary>
    void Started(string notebook, int cells);

    /// <summary>A cell begins.</summary>
    void CellStarted(string notebook, int number, int cells);

    /// <summary>A cell has ended.</summary>
    void CellEnded(string notebook, CellOutcome outcome, int cells);

    /// <summary>A notebook has ended.</summary>
    void Ended(ExecutedNotebook notebook);
}
