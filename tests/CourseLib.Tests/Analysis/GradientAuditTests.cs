using CourseLib.Analysis;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

[Collection(nameof(ProcessState))]
public class GradientAuditTests
{
    [Fact]
    [Term("Gradient check")]
    public void Every_public_part_passes_and_none_is_left_out()
    {
        IReadOnlyList<GradientAudit.Row> rows = GradientAudit.Run();
        Assert.All(rows, row => Assert.True(row.Error < 3e-4, $"{row.Name}: {row.Error}"));

        string[] parts = [.. typeof(Linear).Assembly.GetTypes()
            .Where(type => type.IsPublic && !type.IsAbstract && (typeof(Loss).IsAssignableFrom(type)
                || (typeof(Module).IsAssignableFrom(type) && type.Namespace is "CourseLib.Layers" or "CourseLib.Activations")))
            .Select(type => type.Name)];
        Assert.Empty(parts.Except(rows.Select(row => row.Part.GetType().Name)));
    }

    [Fact]
    public void It_gives_the_same_numbers_each_time() =>
        Assert.Equal(GradientAudit.Run().Select(row => row.Error), GradientAudit.Run().Select(row => row.Error));

    [Fact]
    public void A_wrong_derivative_at_spaced_points_is_found() =>
        Assert.Equal(1.0 / 3, GradientCheck.RelativeError(at => at[0] * at[0].Detach(), GradientAudit.Spaced(4, 3)), 1e-4);

    [Fact]
    public void Spaced_numbers_are_half_apart_and_keep_off_zero()
    {
        float[] sorted = [.. GradientAudit.Spaced(3, 4).ToArray().Order()];
        Assert.All(sorted.Skip(1).Zip(sorted), pair => Assert.Equal(0.5f, pair.First - pair.Second));
        Assert.Equal(0.25f, sorted.Min(Math.Abs));
    }

    [Fact]
    [Term("Vector-Jacobian product")]
    public void The_Jacobian_of_a_linear_layer_is_copies_of_its_weights()
    {
        Tensor weight = Tensor.RandN([2, 3], new Generator(1)), x = Tensor.RandN([4, 3], new Generator(2));
        Tensor jacobian = Jacobian.Of(at => Functional.Linear(at, weight), x);
        Assert.Equal(new Shape(8, 12), jacobian.Shape);
        for (int row = 0; row < 8; row++)
        {
            for (int column = 0; column < 12; column++)
            {
                float expected = row / 2 == column / 3 ? weight[row % 2, column % 3] : 0;
                Assert.Equal(expected, jacobian[row, column]);
            }
        }

        Assert.False(x.HasGrad);
    }
}
