using System.Runtime.CompilerServices;
using CourseLib.Course;
using CourseLib.Course.Exercises;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Tests.Course;

/// <summary>Answers that do not end. The limits are such that a busy machine only makes these tests slower.</summary>
public class EndlessAnswerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20), Ever = Timeout.InfiniteTimeSpan;

    [Fact]
    public void A_loop_without_end_is_stopped()
    {
        // An abort must not meet the compiler, so everything is compiled before.
        Assert.Equal(2, Forever(2));
        Grade((x, gamma, beta, epsilon) => x, Limits.Usual);
        Assert.Contains("did not come to an end and was stopped", Grade((x, gamma, beta, epsilon) => Tensor.Scalar(Forever(-1)), new(Short, Short, Patience: Ever)).Problem);
    }

    // The usual endless loop calls tensors all the time; it ends between two of them.
    [Fact]
    public void A_loop_over_tensors_ends_between_two_of_them_and_the_next_ones_are_right()
    {
        Tensor one = Tensor.RandN([160, 160], new Generator(1)), other = Tensor.RandN([160, 160], new Generator(2));
        float[] right = one.MatMul(other).ToArray();
        for (int i = 0; i < 25; i++)
        {
            Assert.Contains("was stopped", Grade((_, _, _, _) => Multiply(one, other), new(TimeSpan.FromMilliseconds(5 + i), Notice: Ever, Patience: Ever)).Problem);
            Assert.Equal(right, one.MatMul(other).ToArray());
        }
    }

    // Nothing aborts a finally block; until the answer has come that far it is given more time.
    [Fact]
    public void A_wait_for_nothing_is_left_behind()
    {
        using ManualResetEventSlim begun = new(), never = new();
        Verdict verdict;
        TimeSpan limit = Short;
        do
        {
            verdict = Grade((x, gamma, beta, epsilon) => Wait(begun, never), new(limit, Short, Patience: Short));
            limit *= 2;
        }
        while (!begun.IsSet);

        never.Set();
        Assert.Equal(ExerciseState.Broken, verdict.State);
        Assert.Contains("waits for something that never comes", verdict.Problem);
    }

    private static Verdict Grade(Func<Tensor, Tensor, Tensor, double, Tensor> answer, Limits limits) => Catalog.Find("Test", "bn.forward").Grade(answer, limits);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Forever(long end)
    {
        long i = 0;
        while (i != end)
        {
            i = (i + 1) & 1023;
        }

        return i;
    }

    private static Tensor Multiply(Tensor one, Tensor other)
    {
        while (true)
        {
            using Tape tape = new();
            one.MatMul(other).Exp().Mean(0);
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
