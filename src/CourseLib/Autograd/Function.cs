using System.Runtime.CompilerServices;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>One operation in the graph: it remembers its inputs and turns the gradient of its output into gradients of them.</summary>
/// <remarks>
/// <para>Each differentiable operation is a class of its own in a file of its own: a static <c>Apply</c> computes the output and calls
/// <see cref="Record{T}"/>, and <see cref="Backward"/> is the vector-Jacobian product dL/dx = J^T dL/dy (lecture intro, "Backpropagation. В чем проблема?").
/// The Jacobian itself is never formed. Operations of your own are written the same way, in a notebook too.</para>
/// <code>
/// sealed class Square : Function
/// {
///     public static Tensor Apply(Tensor x)
///     {
///         Tensor y = Tensor.Empty(x.Shape);
///         for (int i = 0; i &lt; x.Length; i++) y.Span[i] = x.Span[i] * x.Span[i];
///         Record&lt;Square&gt;(y, x);
///         return y;
///     }
///
///     protected override void Backward(ReadOnlySpan&lt;float&gt; dy)
///     {
///         Span&lt;float&gt; dx = Gradient(0, out bool accumulate);
///         for (int i = 0; i &lt; dx.Length; i++) dx[i] = (accumulate ? dx[i] : 0) + 2 * Input(0).Span[i] * dy[i];
///     }
/// }
/// </code>
/// </remarks>
public abstract class Function : ILent
{
    private const int MaxInputs = 4;

    [InlineArray(MaxInputs)]
    private struct Inputs
    {
        private Tensor first;
    }

    private static long sequence;

    private Inputs inputs;
    private Tensor output;

    /// <summary>How many inputs the operation has.</summary>
    internal int InputCount { get; private set; }

    /// <summary>Position in the order of creation: an operation comes after those that made its inputs.</summary>
    internal long Sequence { get; private set; }

    /// <summary>Marks the pass that last visited this node.</summary>
    internal long Visit { get; set; }

    /// <summary>What the operation is called in printouts and errors.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The output that this node was recorded for.</summary>
    protected internal Tensor Output => output;

    /// <summary>An input of the operation, as it was given to <see cref="Record{T}"/>.</summary>
    protected internal Tensor Input(int index) => inputs[index];

    /// <summary>True when a gradient of this input is wanted; computing one that is not is a waste.</summary>
    protected bool Needs(int index) => inputs[index].RequiresGrad;

    /// <summary>The buffer for the gradient of an input, in the input's shape.</summary>
    /// <param name="index">Which input.</param>
    /// <param name="accumulate">True: add to the buffer, it holds the gradient from another use of the input. False: overwrite it, it holds nothing yet.</param>
    protected Span<float> Gradient(int index, out bool accumulate) => inputs[index].Storage.GradientForWriting(out accumulate).Span;

    /// <summary>Computes the gradients of the inputs that need one.</summary>
    /// <param name="dy">dL/dy, row-major in the shape of <see cref="Output"/>.</param>
    protected abstract void Backward(ReadOnlySpan<float> dy);

    /// <summary>Drops what <c>Apply</c> stored in the node for <see cref="Backward"/>; called before the node is used again.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Puts a node for this operation into the graph, if a gradient may be asked for. It takes the place of nodes by which <c>Apply</c> itself computed the output from tensors.</summary>
    /// <typeparam name="T">The operation's class.</typeparam>
    /// <param name="output">The result.</param>
    /// <param name="inputs">The tensors that the result depends on, at most four.</param>
    /// <returns>The node, to store in it what Backward will need; null when nothing is recorded (no input requires a gradient, or inside <see cref="NoGrad"/>).</returns>
    /// <exception cref="ArgumentException">There are more than four inputs, or the output is one of them.</exception>
    protected static T? Record<T>(Tensor output, params ReadOnlySpan<Tensor> inputs)
        where T : Function, new()
    {
        if (!NoGrad.IsRecording || !AnyRequiresGrad(inputs))
        {
            return null;
        }

        if (inputs.Length > MaxInputs)
        {
            throw new ArgumentException($"{typeof(T).Name}: a function has at most {MaxInputs} inputs, got {inputs.Length}.", nameof(inputs));
        }

        if (inputs.Contains(output))
        {
            throw new ArgumentException($"{typeof(T).Name}: the output of shape {output.Shape} is one of the inputs; expected a tensor of its own.", nameof(output));
        }

        T node;
        if (Arena.Current is { } arena && output.Storage.LentAt == arena.Depth)
        {
            node = NodePool<T>.Take();
            arena.Track(node);
        }
        else
        {
            // Not only without a tape: a node must not go back to the pool before the output that points to it.
            node = new T();
        }

        inputs.CopyTo(node.inputs);
        node.InputCount = inputs.Length;
        node.output = output;
        node.Sequence = Interlocked.Increment(ref sequence);
        output.Storage.Producer = node;
        output.Storage.RequiresGrad = true;
        return node;
    }

    /// <summary>Runs <see cref="Backward"/> with the gradient that has arrived at the output.</summary>
    internal void Propagate()
    {
        if (output.Storage.HasGradient)
        {
            Backward(output.Storage.Gradient.Span);
        }
    }

    /// <summary>Puts the node back where <see cref="Record{T}"/> takes it from.</summary>
    private protected virtual void ReturnToPool() => NodePool.Return(this);

    void ILent.Reclaim(Arena arena)
    {
        Release();
        inputs = default;
        output = default;
        ReturnToPool();
    }

    private static bool AnyRequiresGrad(ReadOnlySpan<Tensor> inputs)
    {
        foreach (ref readonly Tensor input in inputs)
        {
            if (input.RequiresGrad)
            {
                return true;
            }
        }

        return false;
    }
}
