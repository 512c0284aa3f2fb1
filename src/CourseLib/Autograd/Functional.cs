using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The operations behind the layers as functions of tensors (torch.nn.functional): for notebooks that hold the weights themselves.</summary>
public static class Functional
{
    /// <summary>y = x W^T + b.</summary>
    /// <param name="x">Input [B, n].</param>
    /// <param name="weight">W [m, n].</param>
    /// <param name="bias">b [m], or null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => LinearFunction.Apply(x, weight, bias);

    /// <summary>The two-dimensional convolution (cross-correlation) over all input channels.</summary>
    /// <param name="x">Input [B, C, H, W].</param>
    /// <param name="weight">Filters [O, C, KH, KW].</param>
    /// <param name="bias">Biases [O], or null.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">VALID, SAME or numbers of zeros.</param>
    /// <returns>Output [B, O, H', W'].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the window is larger than the padded image.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default) =>
        Conv2dFunction.Apply(x, weight, bias, stride, padding);
}
