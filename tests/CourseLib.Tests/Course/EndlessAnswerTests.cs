using CourseLib.Course;
using CourseLib.Course.Exercises;
using CourseLib.Course.Grading;
using CourseLib.Tensors;

namespace CourseLib.Tests.Course;

/// <summary>Answers that do not end. The limits are such that a busy machine only makes these tests slower.</summary>
public class EndlessAnswerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20), Ever = Timeout.InfiniteTimeSpan;

    [Fact]
    public void A_loop_without_end_is_stopped() =>
        Assert.Contains("did not come to an end and was stopped", Grade((x, gamma, beta, epsilon) => Forever(), new(Short, Patience: Ever)).Problem);

    [Fact]
    public void A_loop_that_catches_everything_is_stopped() =>
        Assert.Contains("did not come to an end and was stopped", Grade((x, gamma, beta, epsilon) => Stubborn(), new(Short, Patience: Ever)).Problem);

    // Nothing aborts a finally block; until the answer has come that far it is given more time.
    [Fact]
    public void A_wait_for_nothing_is_left_behind()
    {
        using ManualResetEventSlim begun = new(), never = new();
        Verdict verdict;
        TimeSpan limit = Short;
        do
        {
            verdict = Grade((x, gamma, beta, epsilon) => Wait(begun, never), new(limit, Patience: Short));
            limit *= 2;
        }
        while (!begun.IsSet);

        never.Set();
        Assert.Equal(ExerciseState.Broken, verdict.State);
        Assert.Contains("waits for something that never comes", verdict.Problem);
    }

    private static Verdict Grade(Func<Tensor, Tensor, Tensor, double, Tensor> answer, Limits limits) => Catalog.Find("Test", "bn.forward").Grade(answer, limits);

    private static Tensor Forever()
    {
        long i = 0;
        while (i >= 0)
        {
            i = (i + 1) & 1023;
        }

        return default!;
    }

    private static Tensor Stubborn()
    {
        while (true)
        {
            try
            {
                Forever();
            }
            catch (Exception)
            {
                // goes on
            }
        }
    }

    private static Tensor Wait(ManualResetEventSlim begun, ManualResetEventSlim never)
    {
        try
        {
            return default!;
        }
        finally
        {
            begun.Set();
            never.Wait();
        }
    }
}
