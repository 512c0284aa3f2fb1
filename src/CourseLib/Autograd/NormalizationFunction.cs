using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>What the normalisations share: the inputs x, gamma and beta, the statistics that the forward pass used, and where the three gradients go.</summary>
internal abstract class NormalizationFunction : Function
{
    /// <summary>mu of each group of numbers that was normalised together.</summary>
    protected Tensor Mean { get; private set; }

    /// <summary>1 / sqrt(sigma^2 + eps) of each group.</summary>
    protected Tensor InverseDeviation { get; private set; }

    /// <summary>Stores the statistics for the backward pass.</summary>
    protected void Save(Tensor mean, Tensor inverseDeviation) => (Mean, InverseDeviation) = (mean, inverseDeviation);

    /// <summary>Writes or adds the gradients that are wanted.</summary>
    private protected abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, in Gradients gradients);

    protected sealed override void Backward(ReadOnlySpan<float> dy)
    {
        (bool addX, bool addGamma, bool addBeta) = (false, false, false);
        Span<float> dx = Needs(0) ? Gradient(0, out addX) : [];
        Span<float> dGamma = Needs(1) ? Gradient(1, out addGamma) : [];
        Span<float> dBeta = Needs(2) ? Gradient(2, out addBeta) : [];
        if (addGamma != addBeta)
        {
            // One of the two has a gradient already: give the other zeros to add to.
            (addGamma ? dBeta : dGamma).Clear();
        }

        Backward(Input(0).Span, dy, Input(1).Span, new Gradients(dx, dGamma, dBeta, addX, addGamma || addBeta));
    }

    protected override void Release() => Save(default, default);

    /// <summary>Buffers for the gradients, empty where none is wanted, and whether to add to what they hold.</summary>
    private protected readonly ref struct Gradients(Span<float> x, Span<float> gamma, Span<float> beta, bool addX, bool addParameters)
    {
        internal Span<float> X { get; } = x;

        internal Span<float> Gamma { get; } = gamma;

        internal Span<float> Beta { get; } = beta;

        internal bool AddX { get; } = addX;

        internal bool AddParameters { get; } = addParameters;
    }
}
