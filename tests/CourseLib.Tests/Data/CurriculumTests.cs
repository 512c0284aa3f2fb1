using CourseLib.Data;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Data;

[Term("Curriculum learning")]
public class CurriculumTests
{
    private static readonly Dataset Five = new(Tensor.From([10f, 20, 30, 40, 50], 5, 1), Tensor.From([1f, 2, 3, 4, 5]));

    [Fact]
    public void Stages_grow_from_the_easiest_examples_to_all()
    {
        IReadOnlyList<Dataset> stages = Curriculum.Stages(Five, Tensor.From([0.5f, 0.1f, 0.9f, 0.3f, 0.2f]), 3);
        Assert.Equal([1, 3, 5], stages.Select(stage => stage.Count));
        Assert.Equal([2], stages[0].Targets.ToArray());
        Assert.Equal([2, 5, 4], stages[1].Targets.ToArray());
        Assert.Equal([2, 5, 4, 1, 3], stages[2].Targets.ToArray());
        Assert.Equal([20, 50, 40, 10, 30], stages[2].Inputs.ToArray());
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        Assert.Contains("each of 5 examples, got shape (4,)", Assert.Throws<ArgumentException>(() => Curriculum.Stages(Five, Tensor.Zeros(4), 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Curriculum.Stages(Five, Tensor.Zeros(5), 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Curriculum.Stages(Five, Tensor.Zeros(5), 0));
    }
}
