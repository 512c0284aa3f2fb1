using CourseLib.Autograd;

namespace CourseLib.Tensors;

/// <content>The graph half of a storage: which operation made it, and its gradient.</content>
internal sealed partial class Storage
{
    // The buffer outlives ZeroGrad, so that the next gradient is written where the last one was.
    private Tensor gradient;

    /// <summary>True for a parameter and for everything computed from one.</summary>
    internal bool RequiresGrad { get; set; }

    /// <summary>The operation that made this tensor; null for a leaf.</summary>
    internal Function? Producer { get; set; }

    /// <summary>True when a gradient has arrived since the last <see cref="DropGradient"/>.</summary>
    internal bool HasGradient { get; private set; }

    /// <summary>The gradient that has arrived.</summary>
    internal Tensor Gradient => gradient;

    /// <summary>The buffer to write a gradient to, and whether it already holds one that must be added to.</summary>
    internal Tensor GradientForWriting(out bool accumulate)
    {
        accumulate = HasGradient && !gradient.IsReclaimed;
        if (gradient.IsDefault || gradient.IsReclaimed)
        {
            // A leaf's gradient lives as long as the leaf, over steps in scopes of their own; one in the middle of the graph goes with the scope.
            bool outlives = Producer is null && LentAt < (Arena.Current?.Depth ?? 0);
            gradient = new Tensor(outlives ? AllocateOrdinary(Shape) : Allocate(Shape), "gradient");
        }

        HasGradient = true;
        return gradient;
    }

    /// <summary>Forgets the gradient but keeps its buffer.</summary>
    internal void DropGradient() => HasGradient = false;

    partial void ReclaimGraph()
    {
        gradient = default;
        RequiresGrad = false;
        Producer = null;
        HasGradient = false;
    }
}
