using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using MathNet.Numerics.LinearAlgebra;

namespace CourseLib.Tests.Optimizers;

/// <summary>Where there are many global minima, the method decides which one is found (lecture cnn, "Adam, AdamW и другие животные"; Wilson et al. 2017).</summary>
public class DifferentMinimaTests
{
    [Fact]
    [Term("Marginal value of adaptive methods")]
    public void Descent_from_zero_finds_the_smallest_solution_and_Adam_another()
    {
        // Ten equations for thirty unknowns.
        Tensor x = Tensor.RandN([10, 30], new Generator(1)), y = Tensor.RandN([10, 1], new Generator(2));
        Matrix<double> a = Matrix<double>.Build.Dense(10, 30, (i, j) => x[i, j]);
        Vector<double> smallest = a.Transpose() * (a * a.Transpose()).Solve(Vector<double>.Build.Dense(10, i => y[i, 0]));

        Vector<double> descent = Solve(x, y, w => new SGD([w], 0.1)), adam = Solve(x, y, w => new Adam([w], 0.01));
        foreach (Vector<double> solution in new[] { descent, adam })
        {
            Assert.True((a * (solution - smallest)).L2Norm() < 1e-2, "all equations hold");
        }

        Assert.True((descent - smallest).L2Norm() < 1e-2 * smallest.L2Norm());
        Assert.True((adam - smallest).L2Norm() > 0.2 * smallest.L2Norm(), $"Adam is {(adam - smallest).L2Norm() / smallest.L2Norm()} away");
        Assert.True(adam.L2Norm() > 1.02 * smallest.L2Norm());
    }

    private static Vector<double> Solve(Tensor x, Tensor y, Func<Tensor, Optimizer> method)
    {
        Tensor w = Tensor.Zeros(30, 1).AsParameter();
        Optimizer optimizer = method(w);
        for (int step = 0; step < 3000; step++)
        {
            using Tape tape = new();
            optimizer.ZeroGrad();
            (x.MatMul(w) - y).Square().Mean().Backward();
            optimizer.Step();
        }

        return Vector<double>.Build.Dense(30, i => w[i, 0]);
    }
}
