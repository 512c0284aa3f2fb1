using CourseLib.Autograd;

namespace CourseLib.Tensors;

/// <content>The graph half of a tensor: what requires a gradient, the gradient, and the backward pass.</content>
public readonly partial struct Tensor
{
    /// <summary>True for a parameter and for everything computed from one while recording.</summary>
    public bool RequiresGrad => Storage.RequiresGrad;

    /// <summary>True when nothing recorded made this tensor: an input, a constant or a parameter.</summary>
    public bool IsLeaf => Storage.Producer is null;

    /// <summary>True when <see cref="Backward()"/> has brought a gradient here since <see cref="ZeroGrad"/>.</summary>
    public bool HasGrad => Storage.HasGradient && !Storage.Gradient.IsReclaimed;

    /// <summary>dL/d(this), in the same shape. Kept for results in the middle of the graph too, where each backward pass sets it anew; on leaves passes add up.</summary>
    /// <exception cref="InvalidOperationException">No backward pass has reached this tensor.</exception>
    public Tensor Grad => HasGrad
        ? Storage.Gradient
        : throw new InvalidOperationException($"Grad: '{Name}' of shape {Shape} has no gradient: {(RequiresGrad ? "call Backward() on a loss that depends on it first" : "it does not require one; make it with AsParameter()")}.");

    /// <summary>A parameter of zeros: a leaf that requires a gradient.</summary>
    public static Tensor Parameter(params ReadOnlySpan<int> shape) => Zeros(shape).AsParameter();

    /// <summary>Makes this leaf a parameter: results computed from it will bring it a gradient.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="InvalidOperationException">An operation made this tensor; only a leaf can be a parameter.</exception>
    public Tensor AsParameter() => SetRequiresGrad(true);

    /// <summary>Switches on or off whether this leaf requires a gradient: off freezes it, and forgets a gradient that it has, by which a step would still move it.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="InvalidOperationException">An operation made this tensor.</exception>
    public Tensor SetRequiresGrad(bool value)
    {
        if (!IsLeaf)
        {
            throw new InvalidOperationException($"SetRequiresGrad: '{Name}' is the result of {Storage.Producer!.Name}; only a leaf can be switched. Take Detach() or Clone() first.");
        }

        Storage.RequiresGrad = value;
        if (!value)
        {
            Storage.DropGradient();
        }

        return this;
    }

    /// <summary>The same numbers without the graph: gradients stop here. Writing to one writes to the other.</summary>
    public Tensor Detach() => new(Storage.View(Storage, Shape), Name);

    /// <summary>Forgets the gradient.</summary>
    public void ZeroGrad() => Storage.DropGradient();

    /// <summary>Computes the gradient of this scalar with respect to everything that it was computed from.</summary>
    /// <exception cref="InvalidOperationException">This tensor has more than one element, or nothing that it depends on requires a gradient.</exception>
    public void Backward()
    {
        if (Length != 1)
        {
            throw new InvalidOperationException($"Backward: '{Name}' has shape {Shape}; expected a scalar loss, or Backward(gradient) with dL/d(this).");
        }

        Backward(Full(1, Shape));
    }

    /// <summary>Computes vector-Jacobian products with a given gradient of this tensor.</summary>
    /// <param name="gradient">dL/d(this), of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidOperationException">Nothing that this tensor depends on requires a gradient.</exception>
    public void Backward(Tensor gradient)
    {
        if (gradient.Shape != Shape)
        {
            throw new ArgumentException($"Backward: expected a gradient of shape {Shape}, got {gradient.Shape}.", nameof(gradient));
        }

        if (!RequiresGrad)
        {
            throw new InvalidOperationException($"Backward: '{Name}' does not depend on anything that requires a gradient.");
        }

        BackwardPass.Run(this, gradient);
    }

    /// <summary>The operation that made this tensor and its inputs; null for a leaf. For drawing the graph.</summary>
    public (string Operation, Tensor[] Inputs)? Producer => Storage.Producer is { } function
        ? (function.Name, Enumerable.Range(0, function.InputCount).Select(function.Input).ToArray())
        : null;
}
