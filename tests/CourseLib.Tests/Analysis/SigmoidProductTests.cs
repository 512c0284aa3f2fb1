using CourseLib.Analysis;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

[Term("Universal approximation (Cybenko)")]
public class SigmoidProductTests
{
    [Fact]
    public void Twice_the_width_gives_about_half_the_error()
    {
        double ratio = SigmoidProduct.Approximate(64, 4).LargestError() / SigmoidProduct.Approximate(128, 4).LargestError();
        Assert.InRange(ratio, 1.7, 2.3);
    }

    [Fact]
    public void The_grid_s_error_is_that_of_the_values()
    {
        SigmoidProduct product = SigmoidProduct.Approximate(20, 4);
        double worst = 0;
        for (int a = 0; a <= 8; a++)
        {
            for (int b = 0; b <= 8; b++)
            {
                worst = Math.Max(worst, Math.Abs(product.Value(a / 8.0, b / 8.0) - (a / 8.0 * b / 8.0)));
            }
        }

        Assert.Equal(worst, product.LargestError(8), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => SigmoidProduct.Approximate(1));
    }
}
