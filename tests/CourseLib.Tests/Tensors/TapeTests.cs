using CourseLib.Tensors;

namespace CourseLib.Tests.Tensors;

/// <summary>The one memory rule: what a tape lends lives until it closes, and a step inside one allocates nothing.</summary>
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

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            Step();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
}
