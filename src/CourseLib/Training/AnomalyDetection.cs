using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>
/// While it is open, every <c>Backward()</c> on this thread first looks through the results of the forward pass and then at each gradient as it is made, and stops with
/// <see cref="AnomalyException"/> at the first NaN or infinity: where gradients explode (взрыв градиентов; lecture intro, "Gradient explosion"), the place is named.
/// </summary>
/// <remarks>
/// <para>torch.autograd.detect_anomaly looks at gradients alone and for NaN alone. A search costs about as much as the step; closed, it costs nothing.</para>
/// <code>
/// using AnomalyDetection guard = new(model);
/// Tensor loss = criterion.Forward(model.Forward(x), y);
/// loss.Backward();   // AnomalyException: … the output of Exp after layer '0' (Linear(2, 8)) …
/// </code>
/// <para><see cref="Trainer.DetectAnomalies"/> does the same within a run.</para>
/// </remarks>
public sealed class AnomalyDetection : IGraphObserver, IDisposable
{
    private readonly AnomalySearch search;
    private readonly IGraphObserver? outer;
    private bool isClosed;

    /// <summary>Begins to watch this thread.</summary>
    /// <param name="model">Whose layers places are named after; without one an operation has only its own name.</param>
    public AnomalyDetection(Module? model = null)
    {
        search = new AnomalySearch(model);
        outer = BackwardPass.Observer;
        BackwardPass.Observer = this;
    }

    /// <summary>How many backward passes were begun while this was open.</summary>
    public int Passes { get; private set; }

    /// <summary>Looks through everything that a tensor was computed from.</summary>
    /// <exception cref="AnomalyException">Something is NaN or infinite.</exception>
    public void Check(Tensor result) => Refuse(search.InForward(result), "Check");

    /// <summary>Looks at the model's parameters after an optimizer's step.</summary>
    /// <exception cref="AnomalyException">One is NaN or infinite.</exception>
    public void CheckParameters() => Refuse(search.InParameters(AnomalyOrigin.Update), "CheckParameters");

    /// <summary>Ends the watch.</summary>
    /// <exception cref="InvalidOperationException">One opened later on this thread is still open, or this is another thread.</exception>
    public void Dispose()
    {
        if (isClosed)
        {
            return;
        }

        BackwardPass.Observer = BackwardPass.Observer == this
            ? outer
            : throw new InvalidOperationException("AnomalyDetection: scopes must close in the reverse order of their opening, on the thread that opened them.");
        isClosed = true;
    }

    void IGraphObserver.Beginning(Tensor result)
    {
        Passes++;
        Refuse(search.InForward(result), "Backward");
    }

    void IGraphObserver.Propagated(Function function) => Refuse(search.InGradients(function), "Backward");

    private void Refuse(Anomaly? anomaly, string operation)
    {
        if (anomaly is not null)
        {
            throw new AnomalyException(FormattableString.Invariant($"{operation}: expected finite numbers, but in pass {Passes} {anomaly}."), anomaly);
        }
    }
}
