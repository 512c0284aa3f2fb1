using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Analysis;

[Collection(nameof(ProcessState))]
public class SpeedRatioTests
{
    // A clock that only the two pieces of work move.
    private long now;

    [Fact]
    public void The_ratio_is_that_of_the_times()
    {
        SpeedRatio ratio = SpeedRatio.Measure(() => now += 30, () => now += 10, 9, 1, false, () => now);
        Assert.Equal(new SpeedRatio(3, 3, 3), ratio);
    }

    [Fact]
    public void A_round_that_was_interrupted_is_forgotten()
    {
        int calls = 0;
        SpeedRatio ratio = SpeedRatio.Measure(() => now += 30, () => now += ++calls % 50 == 0 ? 100000 : 10, 21, 1, false, () => now);
        Assert.Equal(3, ratio.Median);
        Assert.Equal(3, ratio.Upper);
    }

    [Fact]
    public void Both_take_turns_on_the_threads_asked_for()
    {
        int before = Workers.Count;
        List<(char Who, int Threads)> calls = [];
        SpeedRatio.Measure(() => calls.Add(('w', Workers.Count)), () => calls.Add(('r', Workers.Count)), 3, 1, false, () => now++);
        Assert.Equal(before, Workers.Count);
        Assert.All(calls, call => Assert.Equal(1, call.Threads));
        Assert.Equal(calls.Count(call => call.Who == 'w'), calls.Count(call => call.Who == 'r'));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedRatio.Measure(() => { }, () => { }, rounds: 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_are_recorded_when_they_are_asked_for(bool gradients)
    {
        Tensor weight = Tensor.Ones(2).AsParameter();
        List<bool> recorded = [];
        SpeedRatio.Measure(() => recorded.Add((weight * 2).RequiresGrad), () => recorded.Add((weight * 3).RequiresGrad), 1, 1, gradients, () => now++);
        Assert.All(recorded, answer => Assert.Equal(gradients, answer));
        Assert.NotEmpty(recorded);
    }
}
