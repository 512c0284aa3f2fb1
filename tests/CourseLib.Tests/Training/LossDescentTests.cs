using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Descent on a loss given whole.</summary>
public class LossDescentTests
{
    [Fact]
    public void Each_step_is_one_of_the_optimizer_at_the_schedules_rate()
    {
        Tensor p = Tensor.From([1f]).AsParameter();
        List<double> seen = [];
        LossDescent.Run(new SGD([p], 1), () => p.Square().Sum(), 3, step => step == 2 ? 0 : 0.25, _ => seen.Add(p.Item()));
        Assert.Equal([1, 0.5, 0.25], seen);
        Assert.Equal(0.25f, p.Item());
    }

    [Fact]
    public void Adam_begins_and_Lbfgs_ends_at_the_minimum()
    {
        Tensor p = Tensor.From([4f, -3]).AsParameter(), scale = Tensor.From([1f, 30]);
        List<int> looked = [];
        LossDescent.AdamThenLbfgs([p], () => ((p - 1) * scale).Square().Sum(), 20, 20, every: 10, look: looked.Add);
        Assert.Equal([0, 10, 20, 30, 40], looked);
        Assert.Equal(1, p[0], 1e-4f);
        Assert.Equal(1, p[1], 1e-4f);
        Assert.Throws<ArgumentException>(() => LossDescent.AdamThenLbfgs([p], () => p.Sum(), 5, 15));
    }
}
