using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Layers that take over those behind them. A convolution does so where nothing is recorded: a batch normalisation in evaluation goes into its filters
/// (<see cref="BatchNorm.FoldInto"/>), a ReLU into its store; so does a fully connected layer with a ReLU. A pass over the images moves as many bytes as the convolution itself, for one or two operations on each number.
/// A max-pooling by two is taken over in training, too (<see cref="ConvMaxPoolFunction"/>).
/// </summary>
internal static class Fusion
{
    /// <summary>The output of a convolution and of those of the modules behind it that it takes over.</summary>
    /// <param name="convolution">The layer.</param>
    /// <param name="behind">What follows it.</param>
    /// <param name="x">The convolution's input.</param>
    /// <param name="followers">How many of <paramref name="behind"/> are in the output.</param>
    internal static Tensor Forward(Conv2d convolution, ReadOnlySpan<Module> behind, Tensor x, out int followers)
    {
        bool recorded = NoGrad.IsRecording;
        // One for another number of channels says so itself.
        BatchNorm2d? normalization = !recorded && behind is [BatchNorm2d { IsTraining: false } next, ..] && next.Weight.Length == convolution.Weight.Shape[0] ? next : null;
        followers = normalization is null ? 0 : 1;
        behind = behind[followers..];
        bool rectify = behind is [{ Rectifies: true }, ..];
        if (behind[(rectify ? 1 : 0)..] is [MaxPool2d { Halves: true }, .. var last])
        {
            bool rectifyPooled = rectify || last is [{ Rectifies: true }, ..];
            if (convolution.ForwardPooled(x, normalization, rectifyPooled) is { } pooled)
            {
                followers += rectifyPooled ? 2 : 1;
                return pooled;
            }
        }

        rectify &= !recorded;
        followers += rectify ? 1 : 0;
        return convolution.Forward(x, normalization, rectify);
    }

    /// <summary>The output of a fully connected layer, and of the ReLU behind it if there is one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="behind">What follows it.</param>
    /// <param name="x">Its input.</param>
    /// <param name="followers">How many of <paramref name="behind"/> are in the output.</param>
    internal static Tensor Forward(Linear layer, ReadOnlySpan<Module> behind, Tensor x, out int followers)
    {
        bool rectify = behind is [{ Rectifies: true }, ..];
        followers = rectify ? 1 : 0;
        return rectify ? layer.ForwardRectified(x) : layer.Forward(x);
    }

    /// <summary>The output of a batch normalisation, with the ReLU behind it if there is one: both wait for memory, and together they pass it once.</summary>
    /// <param name="normalization">The layer.</param>
    /// <param name="behind">What follows it.</param>
    /// <param name="x">Its input.</param>
    /// <param name="followers">How many of <paramref name="behind"/> are in the output.</param>
    internal static Tensor Forward(BatchNorm2d normalization, ReadOnlySpan<Module> behind, Tensor x, out int followers)
    {
        bool rectify = behind is [{ Rectifies: true }, ..];
        followers = rectify ? 1 : 0;
        return normalization.Forward(x, rectify);
    }

    /// <summary>
    /// The output of a ReLU, and of the max-pooling behind it if there is one, which then comes first and leaves less to rectify: ReLU(max x) = max ReLU(x). The gradient too goes where
    /// it went: to the first largest pixel of a window when that is positive, else nowhere.
    /// </summary>
    /// <param name="rectifier">The layer.</param>
    /// <param name="behind">What follows it.</param>
    /// <param name="x">Its input.</param>
    /// <param name="followers">How many of <paramref name="behind"/> are in the output.</param>
    internal static Tensor ForwardRectifier(Module rectifier, ReadOnlySpan<Module> behind, Tensor x, out int followers)
    {
        MaxPool2d? pooling = behind is [MaxPool2d { Shrinks: true } next, ..] ? next : null;
        followers = pooling is null ? 0 : 1;
        return rectifier.Forward(pooling?.Forward(x) ?? x);
    }
}
