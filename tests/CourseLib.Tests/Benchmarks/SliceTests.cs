using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Contenders;
using CourseLib.Kernels;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Benchmarks;

/// <summary>Slices: ours beside the machine of the same moment, how they travel and what rows they make.</summary>
[Collection(nameof(ProcessState))]
public class SliceTests
{
    private const string Work = "gemm/512x512x512/nn";

    // The machine's second thread was worth something in the first slice only; ours used it as it was. In the other two both lost it, and were half as fast.
    private static readonly Slice[] Slices = [new(50, 95, 48, 96), new(200, 190, 192, 192), new(200, 190, 192, 192)];

    [Fact]
    public void Slices_survive_the_way() => Assert.Equal(Slices, Slice.From(Answer.Parse(Slice.ToAnswer(Slices).ToLine())!));

    [Fact]
    public void With_one_thread_the_limit_is_that_of_the_same_moment()
    {
        // Ratios of medians would mix moments: 100 / 110.
        Row row = Assert.Single(Slice.Rows(Work, 1, [[new(100, 100, 90, 90), new(220, 220, 198, 198)], [new(110, 110, 99, 99), new(105, 105, 100, 100)]]));
        Assert.Equal((Goals.Arithmetic, 1), (row.Peer, row.Threads));
        Assert.Equal(0.9, row.Ratio!.Value, 12);
        Assert.Equal(0.9, row.BestRatio!.Value, 12);
        Assert.Equal(0.9, row.Low!.Value, 12);
        Assert.Equal((0.9 + (100.0 / 105)) / 2, row.High!.Value, 12);
        Assert.Null(row.MachineGain);
    }

    [Fact]
    public void With_two_threads_a_row_says_how_much_of_the_machines_gain_ours_is()
    {
        Row[] rows = [.. Slice.Rows(Work, 2, [Slices])];
        Assert.Equal([Goals.Arithmetic, Goals.OneThread], rows.Select(row => row.Peer));
        Row gain = rows[1] with { Goal = 1.85 };
        Assert.Equal(0.95, gain.Ratio!.Value, 12);
        Assert.Equal(1, gain.MachineGain!.Value, 12);
        Assert.Equal(0.95, gain.Used!.Value, 12);
        Assert.Equal(1.9, gain.BestRatio!.Value, 12);
        Assert.Equal(2, gain.BestMachineGain!.Value, 12);
        Assert.Equal(0.925, gain.GoalOfMachine!.Value, 12);
        Assert.Equal(">= 1.85 not met; best times 1.90; machine 1.00, best 2.00; used 0.95, best 0.95 >= 0.93 met", RowText.Cells(gain)[^1]);
        Assert.Contains("\"machine_gain\": 1,", RowsJson.Write([gain]), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_is_no_arithmetic_is_held_against_one_thread_alone()
    {
        Row row = Assert.Single(Slice.Rows("adam/1M", 2, [[new(10, 20, 0, 0)], [new(10, 18, 0, 0)]]));
        Assert.Equal((Goals.OneThread, 1.9, 2.0 * 0.9), (row.Peer, row.Ratio!.Value, row.BestRatio!.Value));
        Assert.Null(row.MachineGain);
        Assert.Null(row.GoalOfMachine);
        Assert.Empty(Slice.Rows("adam/1M", 1, [[new(10, 10, 0, 0)]]));
    }

    [Theory]
    [InlineData(1, 0.0, 1), InlineData(1, 1e6, 2), InlineData(2, 0.0, 2), InlineData(2, 1e6, 4)]
    public void A_slice_has_a_turn_for_each_thing_that_is_timed(int threads, double flops, int times) => Assert.Equal(times, Slice.Times(threads, flops));

    [Fact]
    public void Each_turn_has_its_number_of_threads_and_the_number_is_given_back()
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 2;
            List<int> seen = [];
            Slice slice = Assert.Single(Slicer.Take(() => seen.Add(Workers.Count), estimate: 1, flops: 1e6, seconds: 0, most: 0));
            Assert.Equal([2, 1], seen);
            Assert.True(slice is { Ours: > 0, OneThread: > 0, Limit: > 0, LimitOfOne: > 0 });
            Assert.Throws<InvalidOperationException>(() => Slicer.Take(() => throw new InvalidOperationException(), estimate: 1, flops: 0, seconds: 0, most: 0));
            Assert.Equal(2, Workers.Count);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void A_work_that_changes_itself_is_called_no_more_often_than_it_may(int threads)
    {
        int before = Workers.Count, calls = 0;
        try
        {
            Workers.Count = threads;
            Slicer.Take(() => calls++, estimate: 1e-6, flops: 0, seconds: 1e3, most: 600);
        }
        finally
        {
            Workers.Count = before;
        }

        Assert.InRange(calls, 300, 600);
    }
}
