using CourseLib.Autograd;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Tensors;

/// <summary>The one memory rule: what a tape lends lives until it closes, and a step inside one allocates nothing.</summary>
[Collection(nameof(ProcessState))]
public class TapeTests
{
    [Fact]
    public void Reading_a_reclaimed_tensor_throws_and_names_it()
    {
        Tensor loss;
        using (new Tape())
        {
            loss = (Tensor.Ones(3) * 2f).Sum().Named("loss");
            Assert.Equal(6, loss.Item());
        }

        Assert.True(loss.IsReclaimed);
        Assert.Contains("'loss'", Assert.Throws<ObjectDisposedException>(() => loss.Item()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reclaimed_tensor_throws_even_while_its_memory_serves_another()
    {
        Tensor stale;
        using (new Tape())
        {
            stale = Tensor.Full(1, 100);
        }

        using (new Tape())
        {
            Tensor fresh = Tensor.Full(2, 100);
            Assert.Equal(2, fresh[0]);
            Assert.Throws<ObjectDisposedException>(() => stale.ToArray());
            Assert.Throws<ObjectDisposedException>(() => stale + fresh);
        }
    }

    [Fact]
    public void A_view_of_a_reclaimed_tensor_throws()
    {
        Tensor outer = default;
        Thread other = new(() => { });
        using (new Tape())
        {
            Tensor lent = Tensor.Ones(4, 4);
            using (new Tape())
            {
                Assert.Equal(16, lent.Reshape(16).Sum().Item());
            }

            Assert.Equal(1, lent[3, 3]);

            // A view made where no tape is open is an ordinary object over lent memory.
            other = new Thread(() => outer = lent.Reshape(16));
            other.Start();
            other.Join();
        }

        Assert.Throws<ObjectDisposedException>(() => outer.Item());
    }

    [Fact]
    public void Parameters_gradients_and_kept_copies_outlive_the_tape()
    {
        Tensor w = Tensor.From(new float[] { 1, 2, 3 }).AsParameter();
        Tensor kept;
        using (new Tape())
        {
            Tensor y = w.Square().Sum();
            y.Backward();
            kept = y.Keep();
        }

        Assert.Equal(14, kept.Item());
        Assert.Equal([2f, 4f, 6f], w.Grad.ToArray());
    }

    [Fact]
    public void A_step_in_steady_state_allocates_nothing()
    {
        Tensor x = Tensor.Rand(32, 16);
        Tensor w = Tensor.Rand(16, 8).AsParameter();
        Tensor b = Tensor.Zeros(8).AsParameter();
        void Step()
        {
            using (new Tape())
            {
                w.ZeroGrad();
                b.ZeroGrad();
                Tensor h = (x.MatMul(w) + b).Relu().Reshape(8, 32).Sum(0);
                Tensor loss = ((h * h).Mean() / 3f) + w.Square().Sum();
                loss.Backward();
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        Assert.Equal(0, Heap.TakenBy(Step, times: 10));
    }

    [Fact]
    public void Lent_buffers_start_at_a_cache_line()
    {
        using (new Tape())
        {
            foreach (int length in new[] { 1, 7, 64, 65, 1000, 4097 })
            {
                unsafe
                {
                    fixed (float* start = Tensor.Zeros(length).Span)
                    {
                        Assert.Equal(0, (long)start % 64);
                    }
                }
            }
        }
    }

    [Fact]
    public void Tapes_close_in_reverse_order()
    {
        Tape outer = new();
        Tape inner = new();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
        Assert.False(Tape.IsOpen);
    }

    [Fact]
    public void Closing_a_scope_twice_does_not_close_a_later_one()
    {
        Tape first = new();
        first.Dispose();
        using Tape second = new();
        Tensor lent = Tensor.Ones(3);
        first.Dispose();
        Assert.False(lent.IsReclaimed);
        Assert.True(Tape.IsOpen);
    }

    [Fact]
    public void A_scope_closed_on_another_thread_is_an_error_and_breaks_neither_thread()
    {
        Exception? error = null;
        Tensor lent = default;
        Thread thread = new(() =>
        {
            Tape tape = new();
            lent = Tensor.Ones(3);
            Thread other = new(() => error = Record.Exception(tape.Dispose));
            other.Start();
            other.Join();
            Assert.False(Tape.IsOpen);
            using (new Tape())
            {
                Assert.Equal(0, Tensor.Zeros(3)[0]);
            }
        });
        thread.Start();
        thread.Join();
        Assert.Contains("thread that opened it", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal);
        Assert.Equal(1, lent[0]);
    }

    [Fact]
    public void An_exception_closes_the_scopes_that_it_passes()
    {
        Tensor inner = default;
        Assert.Throws<ArgumentException>(() =>
        {
            using Tape outside = new();
            using Tape inside = new();
            inner = Tensor.Ones(2);
            _ = inner + Tensor.Ones(3);
        });
        Assert.True(inner.IsReclaimed);
        Assert.False(Tape.IsOpen);
    }

    [Fact]
    public void Threads_lend_apart()
    {
        using Tape tape = new();
        Tensor here = Tensor.Full(1, 100);
        Thread thread = new(() =>
        {
            Assert.False(Tape.IsOpen);
            for (int i = 0; i < 3; i++)
            {
                using (new Tape())
                {
                    Tensor.Full(2, 100).Square();
                }
            }
        });
        thread.Start();
        thread.Join();
        Assert.All(here.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void The_gradient_of_a_parameter_lives_as_long_as_the_parameter()
    {
        Tensor w;
        using (new Tape())
        {
            w = Tensor.Full(3, 1).AsParameter();
            for (int step = 0; step < 3; step++)
            {
                using (new Tape())
                {
                    w.Square().Sum().Backward();
                }
            }

            Assert.Equal(18, w.Grad[0]);
        }

        Assert.Throws<ObjectDisposedException>(() => w.Grad);
    }

    [Fact]
    public void Backward_in_a_scope_through_a_graph_from_outside_reaches_its_leaves()
    {
        Tensor w = Tensor.Full(3, 1).AsParameter();
        Tensor h = w * 2;
        for (int step = 1; step <= 2; step++)
        {
            using (new Tape())
            {
                h.Square().Sum().Backward();
                Assert.Equal(12, h.Grad[0]);
            }

            Assert.False(h.HasGrad);
            Assert.Equal(24 * step, w.Grad[0]);
        }
    }

    [Fact]
    public void Backward_outside_through_a_graph_from_a_scope_names_what_is_gone()
    {
        Tensor w = Tensor.Full(3, 1).AsParameter();
        Tensor y;
        using (new Tape())
        {
            y = KeptSquare.Apply((w * 2).Named("doubled"));
        }

        // The result was kept, what it was made of was not.
        using (new Tape())
        {
            _ = KeptSquare.Apply(Tensor.Ones(1).AsParameter());
            Assert.Contains("doubled", Assert.Throws<ObjectDisposedException>(y.Sum().Backward).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tensors_without_elements_are_lent_too()
    {
        using Tape tape = new();
        Tensor w = Tensor.Zeros(0, 3).AsParameter();
        (w.Square().Sum() + Tensor.Zeros(3, 0).AsParameter().MatMul(w).Sum()).Backward();
        Assert.Equal(0, w.Grad.Length);
        Assert.Equal([0f, 0, 0], w.Sum(0).ToArray());
    }

    /// <summary>An operation that gives its result memory of its own.</summary>
    private sealed class KeptSquare : Function
    {
        internal static Tensor Apply(Tensor x)
        {
            Tensor y = x.Detach().Square().Keep();
            Record<KeptSquare>(y, x);
            return y;
        }

        protected override void Backward(ReadOnlySpan<float> dy) => Gradient(0, out _)[0] = 2 * Input(0)[0] * dy[0];
    }
}
