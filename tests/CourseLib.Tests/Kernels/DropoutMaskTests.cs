using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

[Term("Dropout")]
public class DropoutMaskTests
{
    [Theory]
    [InlineData(0f), InlineData(0.2f), InlineData(0.5f), InlineData(1f)]
    public void A_share_p_is_zero_and_the_rest_makes_up_for_it(float p)
    {
        float[] mask = new float[100_003];
        DropoutMask.Fill(mask, p, new Generator(3));
        int zeros = mask.Count(v => v == 0);
        Assert.All(mask, v => Assert.True(v == 0 || v == 1 / (1 - p)));
        // Five standard deviations of a binomial count.
        Assert.InRange(zeros, (p * mask.Length) - (5 * Math.Sqrt(p * (1 - p) * mask.Length)), (p * mask.Length) + (5 * Math.Sqrt(p * (1 - p) * mask.Length)));
    }

    [Fact]
    public void Not_inverted_the_rest_stays_as_it_is()
    {
        float[] scaled = new float[1000], plain = new float[1000];
        DropoutMask.Fill(scaled, 0.3f, new Generator(3));
        DropoutMask.Fill(plain, 0.3f, new Generator(3), inverted: false);
        Assert.All(plain.Zip(scaled), pair => Assert.Equal(pair.Second == 0 ? 0 : 1, pair.First));
        Assert.Contains(1f, plain);
    }

    [Fact]
    public void The_seed_decides_the_mask()
    {
        float[] a = new float[100], b = new float[100], c = new float[100];
        DropoutMask.Fill(a, 0.5f, new Generator(1));
        DropoutMask.Fill(b, 0.5f, new Generator(1));
        DropoutMask.Fill(c, 0.5f, new Generator(2));
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
    }

    [Theory]
    [InlineData(-0.1f), InlineData(1.1f), InlineData(float.NaN)]
    public void What_is_no_probability_is_refused(float p) =>
        Assert.Equal("p", Assert.Throws<ArgumentOutOfRangeException>(() => DropoutMask.Fill(new float[1], p, new Generator(1))).ParamName);
}
