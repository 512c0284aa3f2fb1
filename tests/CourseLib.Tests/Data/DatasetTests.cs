using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Data;

public class DatasetTests
{
    /// <summary>Item i has inputs (i, 10 i) and target i.</summary>
    private static Dataset Numbers(int count)
    {
        Tensor inputs = Tensor.From(Enumerable.Range(0, 2 * count).Select(k => k % 2 == 0 ? k / 2f : 10f * (k / 2)).ToArray(), count, 2);
        return new Dataset(inputs, Tensor.Arange(0, count));
    }

    private static void Matches(Tensor inputs, Tensor targets)
    {
        for (int i = 0; i < targets.Shape[0]; i++)
        {
            Assert.Equal(targets[i], inputs[i, 0]);
            Assert.Equal(10 * targets[i], inputs[i, 1]);
        }
    }

    [Fact]
    public void Parts_keep_inputs_and_targets_together()
    {
        Dataset data = Numbers(10);
        Assert.Equal([3f, 4, 5], data.Subset(3..6).Targets.ToArray());
        Assert.Equal([9f, 0, 9], data.Subset([9, 0, 9]).Targets.ToArray());
        Assert.Equal([0f, 1], data.Take(2).Targets.ToArray());
        Assert.Equal(10, data.Take(99).Count);
        Assert.Equal([4f, 40], data.Input(4).ToArray());
        Assert.Equal(new Shape(2), data.Input(4).Shape);
        Assert.Equal(7, data.Label(7));
        Dataset part = data.Subset([9, 0, 9]);
        Matches(part.Inputs, part.Targets);
    }

    [Fact]
    public void Parts_are_copies_that_outlive_a_tape()
    {
        Dataset data = Numbers(4);
        Dataset part;
        using (new Tape())
        {
            part = data.Subset(..2);
        }

        data.Inputs[0, 0] = 99;
        Assert.Equal(0, part.Inputs[0, 0]);
    }

    [Fact]
    [Term("Validation set")]
    public void A_split_divides_all_items()
    {
        Dataset data = Numbers(11);
        (Dataset? first, Dataset? second) = data.Split(0.8, new Generator(4));
        Assert.Equal((9, 2), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (float)i), first.Targets.ToArray().Concat(second.Targets.ToArray()).Order());
        Assert.NotEqual(Enumerable.Range(0, 9).Select(i => (float)i), first.Targets.ToArray());
        Matches(first.Inputs, first.Targets);
        Assert.Equal([0f, 1, 2, 3, 4, 5], data.Split(0.5).First.Targets.ToArray());
        Assert.Equal((0, 11), (data.Split(0).First.Count, data.Split(0).Second.Count));
    }

    [Theory]
    [InlineData(false, 4, 11)]
    [InlineData(true, 3, 9)]
    [Term("Mini-batch")]
    public void A_pass_visits_every_item_once(bool dropLast, int batches, int items)
    {
        Dataset data = Numbers(11);
        BatchSequence sequence = data.Batches(3, new Generator(1), dropLast);
        Assert.Equal(batches, sequence.Count);
        List<float> seen = new();
        foreach (Batch batch in sequence)
        {
            Assert.InRange(batch.Count, dropLast ? 3 : 2, 3);
            Matches(batch.Inputs, batch.Targets);
            seen.AddRange(batch.Targets.ToArray());
        }

        Assert.Equal(items, seen.Count);
        Assert.Equal(items, seen.Distinct().Count());
    }

    [Fact]
    public void Passes_are_shuffled_anew_and_repeat_with_the_seed()
    {
        Dataset data = Numbers(50);
        static float[] Pass(BatchSequence sequence) => [.. sequence.SelectMany(batch => batch.Targets.ToArray())];
        BatchSequence sequence = data.Batches(7, new Generator(2));
        (float[]? first, float[]? second) = (Pass(sequence), Pass(sequence));
        Assert.NotEqual(first, second);
        BatchSequence again = data.Batches(7, new Generator(2));
        Assert.Equal(first, Pass(again));
        Assert.Equal(second, Pass(again));
        Assert.Equal(data.Targets.ToArray(), Pass(data.Batches(7)));
    }

    [Fact]
    public void Batches_without_a_tape_live_on()
    {
        List<Batch> batches = Numbers(6).Batches(2).ToList();
        Assert.Equal([0f, 1, 2, 3, 4, 5], batches.SelectMany(batch => batch.Targets.ToArray()));
    }

    [Fact]
    public void Batches_inside_a_tape_are_lent_and_take_nothing_from_the_heap()
    {
        Dataset data = Numbers(64 * 40);
        Batch last = default;
        Pass(); // fills the pool
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Throws<ObjectDisposedException>(() => last.Inputs[0, 0]);

        // The order of a pass (one int for each item), its enumerator and its generator; not even an empty object for each of the 40 batches.
        Assert.InRange(allocated, 0, (sizeof(int) * data.Count) + (40 * 24) - 1);

        void Pass()
        {
            using IEnumerator<Batch> batches = data.Batches(64, new Generator(1)).GetEnumerator();
            while (true)
            {
                using Tape tape = new();
                if (!batches.MoveNext())
                {
                    break;
                }

                last = batches.Current;
            }
        }
    }

    [Fact]
    public void Standardized_inputs_have_mean_0_and_deviation_1()
    {
        Dataset data = Numbers(20);
        Assert.Equal((float)Enumerable.Range(0, 20).Average(i => 5.5 * i), data.InputMean, 1e-4f);
        Dataset scaled = data.Standardized(data.InputMean, data.InputStd);
        Assert.Equal(0, scaled.InputMean, 1e-5f);
        Assert.Equal(1, scaled.InputStd, 1e-5f);
        Assert.Equal(data.Targets.ToArray(), scaled.Targets.ToArray());
    }

    [Fact]
    public void Wrong_shapes_and_arguments_are_named()
    {
        Assert.Contains("3 inputs but 2 targets", Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Zeros(3, 2), Tensor.Zeros(2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Scalar(1), Tensor.Zeros(1)));
        Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Zeros(3, 2), Tensor.Zeros(3, 1, 1)));
        Dataset data = Numbers(5);
        Assert.Contains("item 5 does not exist; expected 0 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset([5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Batches(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Standardized(0, 0));
        Assert.Throws<InvalidOperationException>(() => new Dataset(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2)).Label(0));
    }
}
