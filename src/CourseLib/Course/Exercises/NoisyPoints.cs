using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises;

/// <summary>Points of which two inputs tell the class and the others nothing, some of them with the wrong label: what a network can learn by heart.</summary>
internal static class NoisyPoints
{
    /// <param name="count">How many.</param>
    /// <param name="inputs">Inputs of each, N(0, 1).</param>
    /// <param name="wrong">The share of wrong labels.</param>
    /// <param name="isOne">Whether a point is of class 1, by its first two inputs.</param>
    /// <param name="seed">Of the points.</param>
    public static Dataset Draw(int count, int inputs, double wrong, Func<float, float, bool> isOne, ulong seed)
    {
        Generator generator = new(seed);
        Tensor x = Tensor.RandN([count, inputs], generator), classes = Tensor.Zeros(count);
        for (int i = 0; i < count; i++)
        {
            bool isWrong = generator.NextSingle() < wrong;
            classes[i] = isOne(x[i, 0], x[i, 1]) == isWrong ? 0 : 1;
        }

        return new(x, classes);
    }
}
