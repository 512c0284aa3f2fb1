using CourseLib.Charts;
using CourseLib.Course;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Tests.Course;

/// <summary>The cell behind a check: whatever the learner's code does, it shows a picture or a sentence; once the exercise is solved, a broken picture is an error.</summary>
public class ExercisePictureTests
{
    private const string Id = "bn.forward";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20), Ever = Timeout.InfiniteTimeSpan;

    private static readonly Figure Line = Chart.Line([1, 2], [3, 4]);

    [Theory]
    [InlineData(null)]
    [InlineData(ExerciseState.NotDone)]
    [InlineData(ExerciseState.Wrong)]
    [InlineData(ExerciseState.Broken)]
    [InlineData(ExerciseState.Solved)]
    public void What_can_be_drawn_is_shown_as_it_is(ExerciseState? state) => Assert.Same(Line, Of(state, () => Line));

    [Fact]
    public void An_untouched_stub_is_one_quiet_sentence() =>
        Assert.Equal("The picture comes when bn.forward is written and checked.", Sentence(null, () => throw new NotDoneYetException()));

    // A value that is not there yet throws something else in a picture; the check above it has said "not done yet".
    [Fact]
    public void A_value_that_is_missing_is_the_same_sentence()
    {
        double? answer = null;
        Assert.Equal(Sentence(null, () => throw new NotDoneYetException()), Sentence(ExerciseState.NotDone, () => Chart.Line([1, 2], [answer!.Value, 2])));
    }

    [Fact]
    public void What_throws_is_quoted() =>
        Assert.StartsWith("No picture yet: your code threw InvalidOperationException: no good", Sentence(ExerciseState.Wrong, () => throw new InvalidOperationException("no good")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_without_numbers_is_told_as_such(bool log)
    {
        double[] bad = log ? [0, -1] : [double.NaN, double.PositiveInfinity];
        Assert.Equal("No picture yet: what your code gives is NaN or infinite, or 0 or negative where the axis is logarithmic.", Sentence(ExerciseState.Wrong, () => Line.Add(Chart.Line([1, 2], bad)).YAxis("y", log)));
    }

    [Fact]
    public void So_are_pictures_of_nothing_but_NaN()
    {
        Assert.StartsWith("No picture yet: what", Sentence(null, () => Chart.ImageGrid(Tensor.Full(double.NaN, 2, 3, 3))));
        Assert.StartsWith("No picture yet: what", Sentence(null, () => Chart.HeatMap(Tensor.Full(double.NaN, 3, 3))));
        Assert.IsType<Figure>(Of(null, () => Chart.Line([1, 2, 3], [1, double.NaN, 3])));
    }

    // The loop of a learner's wrong answer, met in the picture: it ends there as it ends in the check.
    [Fact]
    public void A_loop_without_end_is_stopped()
    {
        Tensor one = Tensor.RandN([160, 160], new Generator(1));
        object shown = ExercisePicture.Of(Id, ExerciseState.Wrong, () => Forever(one), new(Short, Notice: Ever, Patience: Ever));
        Assert.Contains("did not come to an end and was stopped", Assert.IsType<ExercisePicture>(shown).Text);
    }

    [Fact]
    public void Of_a_solved_exercise_every_fault_of_the_picture_is_shown()
    {
        Assert.Throws<NotDoneYetException>(() => Of(ExerciseState.Solved, () => throw new NotDoneYetException()));
        Assert.Throws<DivideByZeroException>(() => Of(ExerciseState.Solved, () => throw new DivideByZeroException()));
        Assert.Contains("expected numbers to draw", Assert.ThrowsAny<Exception>(() => Of(ExerciseState.Solved, () => Chart.Line([1, 2], [double.NaN, double.NaN]))).Message);
        Assert.Contains("got null", Assert.ThrowsAny<Exception>(() => Of(ExerciseState.Solved, () => null!)).Message);
    }

    // No other test checks this exercise.
    [Fact]
    public void The_last_check_of_the_session_decides_whether_it_is_solved()
    {
        static object Broken() => throw new DivideByZeroException();
        Assert.Contains("your code threw DivideByZeroException", $"{Exercise.Picture("conv.field", Broken)}");
        Assert.False(Exercise.Check("conv.field", null).IsSolved);
        Assert.Equal("The picture comes when conv.field is written and checked.", $"{Exercise.Picture("conv.field", Broken)}");
        Assert.True(Exercise.Check("conv.field", Field).IsSolved);
        Assert.Throws<DivideByZeroException>(() => Exercise.Picture("conv.field", Broken));
        Assert.False(Exercise.Check("conv.field", ((int Size, int Step)[] layers) => 1).IsSolved);
        Assert.StartsWith("No picture yet", $"{Exercise.Picture("conv.field", Broken)}");
        Assert.Throws<ArgumentException>(() => Exercise.Picture("conv.none", Broken));
    }

    [Fact]
    public void The_sentence_is_escaped() =>
        Assert.Contains("&lt;b&gt;", ((ExercisePicture)Of(null, () => throw new InvalidOperationException("<b>"))).ToHtml());

    private static object Of(ExerciseState? state, Func<object> draw) => ExercisePicture.Of(Id, state, draw, Limits.Usual);

    private static string Sentence(ExerciseState? state, Func<object> draw) => Assert.IsType<ExercisePicture>(Of(state, draw)).Text;

    private static int Field((int Size, int Step)[] layers)
    {
        (int field, int apart) = (1, 1);
        foreach ((int size, int step) in layers)
        {
            (field, apart) = (field + ((size - 1) * apart), apart * step);
        }

        return field;
    }

    private static object Forever(Tensor one)
    {
        while (true)
        {
            one.MatMul(one).Exp().Mean(0);
        }
    }
}
