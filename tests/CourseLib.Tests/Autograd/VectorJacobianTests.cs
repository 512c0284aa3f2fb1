using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Autograd;

/// <summary>What a backward pass computes: the product of a vector with the Jacobian, never the Jacobian.</summary>
public class VectorJacobianTests
{
    [Fact]
    [Term("Vector-Jacobian product")]
    public void One_backward_pass_is_the_vector_times_the_whole_Jacobian()
    {
        // N x M to N x K: the Jacobian has N² M K entries, here 3 * 4 by 3 * 2.
        Tensor x = Tensor.RandN([3, 4], new Generator(1)).AsParameter(), w = Tensor.RandN([4, 2], new Generator(2)), v = Tensor.RandN([3, 2], new Generator(3));
        Tensor Function() => x.MatMul(w).Tanh();
        double[] expected = new double[12];
        for (int output = 0; output < 6; output++)
        {
            // Row by row, by difference quotients in double.
            for (int input = 0; input < 12; input++)
            {
                expected[input] += v.Span[output] * Derivative(x, w, output, input);
            }
        }

        Function().Backward(v);
        for (int input = 0; input < 12; input++)
        {
            Assert.Equal(expected[input], x.Grad.Span[input], 1e-5);
        }
    }

    [Fact]
    [Term("Vector-Jacobian product")]
    public void A_scalar_output_needs_one_pass_and_each_unit_vector_gives_a_row_of_the_Jacobian()
    {
        Tensor x = Tensor.From([1f, 2, 3]).AsParameter();
        for (int row = 0; row < 3; row++)
        {
            x.ZeroGrad();
            (x * x).Backward(Tensor.Eye(3).SelectRows(row).Reshape(3));
            Assert.Equal([.. Enumerable.Range(0, 3).Select(column => column == row ? 2f * (row + 1) : 0)], x.Grad.ToArray());
        }
    }

    [Theory]
    [InlineData(0.9f, 8)]
    [InlineData(1.3f, 2)]
    [InlineData(20f, 0)]
    [Term("Dynamic graph")]
    public void The_graph_is_what_ran(float start, int expectedRounds)
    {
        // How often the loop runs depends on the data: a graph drawn before it runs could not say so.
        Tensor x = Tensor.Scalar(start).AsParameter();
        Tensor y = x;
        int rounds = 0;
        while (y.Item() < 2 && rounds < 8)
        {
            y = y * y;
            rounds++;
        }

        y.Backward();
        Assert.Equal(expectedRounds, rounds);
        double power = Math.Pow(2, rounds);
        Assert.Equal(power * Math.Pow(start, power - 1), x.Grad.Item(), 1e-5 * Math.Max(1, Math.Abs(x.Grad.Item())));
    }

    [Fact]
    [Term("Computation graph")]
    public void The_logistic_example_of_the_lecture_has_the_closed_form()
    {
        // f = log sigma(y (w0 + w1 x1 + w2 x2)); df/dw = y sigma(-y s) (1, x1, x2).
        (double y, double x1, double x2) = (-1, 0.7, -1.3);
        Tensor w = Tensor.From([0.2f, -0.4f, 0.9f]).AsParameter();
        Tensor s = (w * Tensor.From([1f, (float)x1, (float)x2])).Sum();
        (s * y).Sigmoid().Log().Backward();
        double common = y / (1 + Math.Exp(y * s.Item()));
        double[] expected = [common, common * x1, common * x2];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], w.Grad[i], 1e-6);
        }
    }

    [Fact]
    [Term("Static graph")]
    public void Operations_that_are_known_beforehand_are_fused_and_give_what_the_single_ones_give()
    {
        Tensor x = Tensor.RandN([5, 4], new Generator(1)), t = Tensor.From([0f, 2, 1, 1, 0]);
        Tensor w = Tensor.RandN([3, 4], new Generator(2)).AsParameter(), b = Tensor.RandN([3], new Generator(3)).AsParameter();
        float[] Gradients(Tensor loss)
        {
            w.ZeroGrad();
            b.ZeroGrad();
            loss.Backward();
            return [loss.Item(), .. w.Grad.ToArray(), .. b.Grad.ToArray()];
        }

        // Linear with its bias, and softmax with the cross-entropy, are one operation each; written out they are seven.
        Tensor logits = x.MatMul(w.Transpose()) + b, shifted = logits - logits.Max(1, keepDim: true);
        Tensor logSoftmax = shifted - shifted.Exp().Sum(1, keepDim: true).Log(), oneHot = Tensor.Eye(3).SelectRows(0, 2, 1, 1, 0);
        float[] single = Gradients(-(logSoftmax * oneHot).Sum(1).Mean()), fused = Gradients(new CourseLib.Losses.CrossEntropyLoss().Forward(Functional.Linear(x, w, b), t));
        Assert.All(single.Zip(fused), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static double Derivative(Tensor x, Tensor w, int output, int input)
    {
        (int row, int column) = (output / 2, output % 2);
        double Value(double shift)
        {
            double sum = 0;
            for (int j = 0; j < 4; j++)
            {
                sum += (x[row, j] + ((row * 4) + j == input ? shift : 0)) * w[j, column];
            }

            return Math.Tanh(sum);
        }

        return (Value(1e-6) - Value(-1e-6)) / 2e-6;
    }
}
