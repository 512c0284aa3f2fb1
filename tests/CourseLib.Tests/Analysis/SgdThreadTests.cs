using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Analysis;

[Collection(nameof(ProcessState))]
public class SgdThreadTests
{
    [Fact]
    public void Numbers_depend_on_the_seed_and_not_on_the_threads()
    {
        double[] Play(int threads, ulong seed)
        {
            int before = Workers.Count;
            try
            {
                Workers.Count = threads;
                SgdRuns runs = SgdSimulation.Run(LogisticRegression.Generate(50, 3, l2: 0.1), [1, 1, 1], k => 0.1, 50, runs: 13, seed: seed);
                return [.. runs.MeanGap, .. runs.SecondMoments, .. runs.Ends[12]];
            }
            finally
            {
                Workers.Count = before;
            }
        }

        Assert.Equal(Play(1, 5), Play(3, 5));
        Assert.NotEqual(Play(1, 5), Play(1, 6));
    }
}
