namespace CourseLib.Autograd;

/// <summary>A scope in which operations record no graph: for evaluation and for updates of parameters.</summary>
/// <remarks>Scopes nest; a scope belongs to the thread that opened it. <code>using (new NoGrad()) { prediction = model.Forward(x); }</code></remarks>
public readonly struct NoGrad : IDisposable
{
    [ThreadStatic]
    private static int open;

    private readonly int level;

    /// <summary>Opens the scope.</summary>
    public NoGrad() => level = ++open;

    /// <summary>True while operations on this thread record the graph.</summary>
    public static bool IsRecording => open == 0;

    /// <summary>Closes the scope, and those opened in it; a second time does nothing.</summary>
    public void Dispose() => open = level > 0 ? Math.Min(open, level - 1) : open;
}
