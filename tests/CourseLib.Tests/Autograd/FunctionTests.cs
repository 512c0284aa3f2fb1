using CourseLib.Autograd;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Autograd;

/// <summary>Operations as a user writes them, and how a backward pass treats them.</summary>
public class FunctionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Term("Computation graph")]
    public void An_operation_of_ones_own_takes_part(bool inTape)
    {
        Tensor x = Tensor.From([1f, 2, 3]).AsParameter();
        for (int step = 0; step < 3; step++)
        {
            using Tape tape = inTape ? new Tape() : default;
            x.ZeroGrad();
            (Cube.Apply(x) + Cube.Apply(x)).Sum().Backward();
            Assert.Equal([6f, 24, 54], x.Grad.ToArray());
        }
    }

    [Fact]
    [Term("Backpropagation")]
    [Term("Computation graph")]
    public void A_parameter_used_twice_gets_both_gradients()
    {
        Tensor w = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).AsParameter();
        Assert.True(GradientCheck.RelativeError(x => Functional.Linear(x[0], x[0]) + x[0].MatMul(x[0]), w) < 2e-4);
        Tensor scale = Tensor.From([0.5f, 2]).AsParameter();
        Tensor batch = Tensor.RandN([6, 2], new CourseLib.Kernels.Generator(1));
        Assert.True(GradientCheck.RelativeError(x => Functional.BatchNorm(batch, x[0], x[0]) + x[0], scale) < 3e-4);
        Assert.True(GradientCheck.RelativeError(x => Functional.LayerNorm(batch, x[0], x[0]) + Functional.LayerNorm(batch, x[0], x[0] * 2), scale) < 3e-4);
    }

    [Fact]
    public void Gamma_with_a_gradient_and_beta_without_get_the_right_sums()
    {
        Tensor batch = Tensor.From(new float[,] { { 1, 5 }, { 3, 9 } });
        Tensor[] all = [Tensor.Full(2, 2).AsParameter(), Tensor.Full(3, 2).AsParameter()];
        Func<Tensor>[] layers =
        [
            () => Functional.BatchNorm(batch, all[0], all[1]),
            () => Functional.BatchNorm(batch, all[0], all[1], Tensor.Ones(2), Tensor.Ones(2)),
            () => Functional.LayerNorm(batch, all[0], all[1]),
        ];
        foreach (Func<Tensor> layer in layers)
        {
            float[][] Gradients(Tensor? later)
            {
                // The buffers hold what the pass before left in them; the term that was recorded last is differentiated first.
                Array.ForEach(all, parameter => parameter.ZeroGrad());
                Tensor loss = layer().Sum();
                (later is { } used ? loss + used.Sum() : loss).Backward();
                return [all[0].Grad.ToArray(), all[1].Grad.ToArray()];
            }

            float[][] alone = Gradients(null);
            for (int i = 0; i < 2; i++)
            {
                float[][] both = Gradients(all[i]);
                Assert.Equal(alone[i].Select(value => value + 1), both[i]);
                Assert.Equal(alone[1 - i], both[1 - i]);
            }
        }
    }

    [Fact]
    public void Backward_may_differentiate_something_itself()
    {
        Tensor x = Tensor.From([3f]).AsParameter();
        for (int pass = 1; pass <= 2; pass++)
        {
            (Nested.Apply(x) * 2).Sum().Backward();
            Assert.Equal(12 * pass, x.Grad[0]);
        }
    }

    [Fact]
    public void After_an_exception_in_a_backward_pass_the_next_one_works()
    {
        Tensor x = Tensor.From([3f]).AsParameter();
        Assert.Throws<NotSupportedException>(() => Failing.Apply(x).Backward());
        Assert.True(NoGrad.IsRecording);
        x.ZeroGrad();
        Cube.Apply(x).Backward();
        Assert.Equal(27, x.Grad[0]);
    }

    [Fact]
    public void An_output_must_not_be_an_input()
    {
        Tensor x = Tensor.From([3f]).AsParameter();
        Assert.Contains("Cube", Assert.Throws<ArgumentException>(() => Cube.Put(x, x)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 4", Assert.Throws<ArgumentException>(() => Cube.Put([x, x, x, x, x], Tensor.Zeros(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Closing_a_scope_without_gradients_twice_leaves_recording_on()
    {
        NoGrad off = new();
        off.Dispose();
        off.Dispose();
        Assert.True(NoGrad.IsRecording);
        using (new NoGrad())
        {
            default(NoGrad).Dispose();
            Assert.False(NoGrad.IsRecording);
        }

        Assert.True((Tensor.Ones(1).AsParameter() * 2).RequiresGrad);
    }

    [Fact]
    public void A_frozen_leaf_forgets_its_gradient()
    {
        Tensor x = Tensor.From([3f]).AsParameter();
        Cube.Apply(x).Backward();
        x.SetRequiresGrad(false);
        Assert.False(x.HasGrad);
        Assert.False(Cube.Apply(x).RequiresGrad);
    }

    private sealed class Cube : Function
    {
        internal static Tensor Apply(Tensor x)
        {
            // A forward pass written with tensors: its own graph is replaced.
            return Put(x, x * x * x);
        }

        internal static Tensor Put(Tensor x, Tensor y) => Put([x], y);

        internal static Tensor Put(Tensor[] x, Tensor y)
        {
            Record<Cube>(y, x);
            return y;
        }

        protected override void Backward(ReadOnlySpan<float> dy)
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            for (int i = 0; i < dx.Length; i++)
            {
                dx[i] = (accumulate ? dx[i] : 0) + (3 * Input(0).Span[i] * Input(0).Span[i] * dy[i]);
            }
        }
    }

    /// <summary>x^2, whose derivative a backward pass of its own finds.</summary>
    private sealed class Nested : Function
    {
        internal static Tensor Apply(Tensor x)
        {
            Tensor y = Tensor.Scalar(x.Item() * x.Item());
            Record<Nested>(y, x);
            return y;
        }

        protected override void Backward(ReadOnlySpan<float> dy)
        {
            Tensor x = Input(0).Clone().AsParameter();
            x.Square().Sum().Backward();
            Span<float> dx = Gradient(0, out bool accumulate);
            dx[0] = (accumulate ? dx[0] : 0) + (x.Grad[0] * dy[0]);
        }
    }

    private sealed class Failing : Function
    {
        internal static Tensor Apply(Tensor x)
        {
            Tensor y = Tensor.Scalar(x.Item());
            Record<Failing>(y, x);
            return y;
        }

        protected override void Backward(ReadOnlySpan<float> dy) => throw new NotSupportedException();
    }
}
