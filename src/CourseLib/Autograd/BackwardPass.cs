using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Reverse-mode differentiation: visits the operations behind a result, latest first, and lets each turn the gradient of its output into gradients of its inputs.</summary>
/// <remarks>
/// Define-by-run gives the order for nothing: an operation is created after those that made its inputs, so the reverse order of
/// creation is a reverse topological order (lecture intro, "Как посчитать производную? Backpropagation"). The lists are kept between passes, so that a pass in a
/// <see cref="Tape"/> allocates nothing.
/// </remarks>
internal sealed class BackwardPass
{
    [ThreadStatic]
    private static BackwardPass? ofThread;

    [ThreadStatic]
    private static IGraphObserver? observer;

    private static readonly Comparison<Function> LatestFirst = (a, b) => b.Sequence.CompareTo(a.Sequence);

    private readonly List<Function> order = [];
    private readonly Stack<Function> pending = new();
    private long visit;
    private static long visits;

    /// <summary>Who looks at the passes of this thread; null, as nearly always: nobody. Asked once in a pass, so that nobody costs nothing.</summary>
    internal static IGraphObserver? Observer
    {
        get => observer;
        set => observer = value;
    }

    internal static void Run(Tensor result, Tensor seed)
    {
        // A pass within a pass (an operation whose Backward differentiates something itself) gets lists of its own.
        BackwardPass pass = ofThread ?? new BackwardPass();
        ofThread = null;
        try
        {
            IGraphObserver? watching = observer;
            watching?.Beginning(result);
            pass.Collect(result);
            Elementwise.Copy(seed.Span, result.Storage.GradientForWriting(out bool accumulate).Span, accumulate);
            foreach (Function function in pass.order)
            {
                function.Propagate();
                watching?.Propagated(function);
            }
        }
        finally
        {
            pass.order.Clear();
            pass.pending.Clear();
            ofThread = pass;
        }
    }

    private void Collect(Tensor result)
    {
        visit = Interlocked.Increment(ref visits);
        Visit(result);
        while (pending.TryPop(out Function? function))
        {
            order.Add(function);
            for (int i = 0; i < function.InputCount; i++)
            {
                Visit(function.Input(i));
            }
        }

        order.Sort(LatestFirst);
    }

    /// <summary>Queues the producer of a tensor once. A gradient from an earlier pass is dropped, except on leaves, where passes add up.</summary>
    private void Visit(Tensor tensor)
    {
        if (tensor.Storage.Producer is { } function && function.Visit != visit)
        {
            function.Visit = visit;
            tensor.Storage.DropGradient();
            pending.Push(function);
        }
    }
}
