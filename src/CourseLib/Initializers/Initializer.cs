using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>A rule that sets the starting values of a weight tensor (инициализация).</summary>
public abstract class Initializer
{
    /// <summary>Overwrites a tensor with starting values.</summary>
    /// <param name="tensor">Weights of shape [out, in] or [out, in, kernel height, kernel width]; some rules accept any shape.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    public void Fill(Tensor tensor, Generator? generator = null) => Draw(tensor, generator ?? Generator.Default);

    /// <summary>The rule itself: overwrites every element of <paramref name="tensor"/>.</summary>
    protected abstract void Draw(Tensor tensor, Generator generator);
}
