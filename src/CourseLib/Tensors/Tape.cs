namespace CourseLib.Tensors;

/// <summary>
/// A scope that lends memory: tensors, gradients and graph nodes made while it is open return to a pool when it closes, so that a training
/// step in steady state allocates nothing on the garbage-collected heap.
/// </summary>
/// <remarks>
/// <para>The one rule of memory: tensors are ordinary objects that live as long as somebody holds them, except inside a scope, where they live
/// until it closes. Reading one after that throws <see cref="ObjectDisposedException"/> and names the tensor. What has to outlive the scope is
/// read as a number (<see cref="Tensor.Item"/>), copied to an array, or copied with <see cref="Tensor.Keep"/>.</para>
/// <para>Scopes nest; a scope belongs to the thread that opened it, so do not await inside one. A parameter made in a scope is lent like any
/// other tensor, and so is its gradient; those made outside, and their gradients, outlive it.</para>
/// <code>
/// using (new Tape())
/// {
///     Tensor loss = criterion.Forward(model.Forward(x), y);
///     loss.Backward();
///     optimizer.Step();
///     history.Add(loss.Item());
/// }
/// </code>
/// </remarks>
public readonly struct Tape : IDisposable
{
    private readonly Arena arena;
    private readonly long scope;

    /// <summary>Opens the scope on this thread.</summary>
    public Tape() => (arena, scope) = Arena.Open();

    /// <summary>True while a scope is open on this thread.</summary>
    public static bool IsOpen => Arena.Current is not null;

    /// <summary>Closes the scope: everything that it lent returns to the pool.</summary>
    /// <exception cref="InvalidOperationException">A scope opened later is still open, or this is not the thread that opened the scope.</exception>
    public void Dispose() => arena?.Close(scope);
}
