using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Somebody who looks at every operation of the backward passes of a thread; see <see cref="BackwardPass.Observer"/>.</summary>
internal interface IGraphObserver
{
    /// <summary>Called before a pass begins: forward results are all there, no gradient is.</summary>
    void Beginning(Tensor result);

    /// <summary>Called when an operation has brought gradients to its inputs.</summary>
    void Propagated(Function function);
}
