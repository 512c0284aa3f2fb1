using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

public class GemmTests
{
    public static TheoryData<bool, bool, bool> Forms()
    {
        TheoryData<bool, bool, bool> forms = [];
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                forms.Add(transposeA, transposeB, false);
                forms.Add(transposeA, transposeB, true);
            }
        }
        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void EveryHeightAndWidth(bool transposeA, bool transposeB, bool accumulate)
    {
        for (int size = 1; size <= 70; size++)
        {
            GemmCase.Verify(size, 19, 7, transposeA, transposeB, accumulate);
            GemmCase.Verify(5, size, 9, transposeA, transposeB, accumulate);
            GemmCase.Verify(17, 33, size, transposeA, transposeB, accumulate);
            GemmCase.Verify(size, size + 1, size, transposeA, transposeB, accumulate);
        }
    }

    /// <summary>Heights and widths from 1 to 67 in every pair of remainders by 8, lengths of the sums from 1 to 67 among them.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void PairsOfSizes(bool transposeA, bool transposeB, bool accumulate)
    {
        int form = (transposeA ? 1 : 0) + (transposeB ? 2 : 0) + (accumulate ? 4 : 0);
        for (int m = 1; m <= 67; m++)
        {
            // Over the eight forms every pair; in each form every eighth, which over 67 rows are all remainders.
            for (int n = 1 + ((m + (3 * form)) % 8); n <= 67; n += 8)
            {
                GemmCase.Verify(m, n, 1 + (((13 * m) + (29 * n)) % 67), transposeA, transposeB, accumulate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void WindowsIntoWiderMatrices(bool transposeA, bool transposeB, bool accumulate)
    {
        for (int gap = 1; gap <= 40; gap += 13)
        {
            GemmCase.Verify(31, 45, 23, transposeA, transposeB, accumulate, gap);
            GemmCase.Verify(3, 10, 64, transposeA, transposeB, accumulate, gap);
            GemmCase.Verify(300, 70, 290, transposeA, transposeB, accumulate, gap);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ShapesOfTheCourse(bool transposeA, bool transposeB, bool accumulate)
    {
        GemmCase.Verify(64, 10, 128, transposeA, transposeB, accumulate);
        GemmCase.Verify(64, 128, 784, transposeA, transposeB, accumulate);
        GemmCase.Verify(1, 256, 784, transposeA, transposeB, accumulate);
        GemmCase.Verify(200, 1, 300, transposeA, transposeB, accumulate);
        GemmCase.Verify(6, 576, 25, transposeA, transposeB, accumulate);
    }

    /// <summary>One short side and a longer sum: dot products, and products made as their own transpose.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void OneShortSide(bool transposeA, bool transposeB, bool accumulate)
    {
        for (int size = 1; size <= 18; size++)
        {
            GemmCase.Verify(67, size, 37, transposeA, transposeB, accumulate, gap: size % 3);
            GemmCase.Verify(size, 67, 66, transposeA, transposeB, accumulate, gap: size % 3);
            GemmCase.Verify(size, 3, 1000 + size, transposeA, transposeB, accumulate);
        }
    }

    /// <summary>A batch against more rows of weights, of which the batch is turned round: heights around whole registers, panels and strips, sums of one slice and of two.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void BatchesAgainstWeights(bool transposeA, bool transposeB, bool accumulate)
    {
        foreach (int batch in new[] { 31, 32, 33, 47, 64, 65, 100, 130 })
        {
            GemmCase.Verify(batch, (4 * batch) + (batch % 7), 150 + batch, transposeA, transposeB, accumulate, gap: batch % 3);
        }

        GemmCase.Verify(33, 100, 521, transposeA, transposeB, accumulate);
        GemmCase.Verify(35, 67, 1030, transposeA, transposeB, accumulate, gap: 2);
    }

    /// <summary>Long rows: a transposed A that is packed in strips of six and five rows, from the fewest on that are, whose rows share cache sets or are read by many panels; and one that is not.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void ScatteredRows(bool transposeA, bool transposeB, bool accumulate)
    {
        foreach (int rows in new[] { 5, 36, 37, 41, 130, 225, 300 })
        {
            GemmCase.Verify(rows, 330, 262, transposeA, transposeB, accumulate, gap: 1024 - rows);
            GemmCase.Verify(rows, 70, 150, transposeA, transposeB, accumulate, gap: 260);
        }
        GemmCase.Verify(43, 1300, 1030, transposeA, transposeB, accumulate, gap: 230);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void LargeEnoughForSeveralSlices(bool transposeA, bool transposeB, bool accumulate) =>
        GemmCase.Verify(131, 213, 1300, transposeA, transposeB, accumulate);

    [Theory]
    [MemberData(nameof(Forms))]
    public void LargeEnoughForManyBlocks(bool transposeA, bool transposeB, bool accumulate) =>
        GemmCase.Verify(451, 613, 1100, transposeA, transposeB, accumulate, gap: 3);

    /// <summary>Rows of B 4 KB apart, which are packed, and so many that 2 KB are enough.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void RowsThatShareCacheSets(bool transposeA, bool transposeB, bool accumulate)
    {
        GemmCase.Verify(43, 200, 700, transposeA, transposeB, accumulate, gap: 824);
        GemmCase.Verify(33, 1030, 1030, transposeA, transposeB, accumulate, gap: 506);
    }

    /// <summary>More rows than are multiplied at a time, and more panels of columns than blocks.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void LongSides(bool transposeA, bool transposeB, bool accumulate)
    {
        GemmCase.Verify(4100, 70, 130, transposeA, transposeB, accumulate);
        GemmCase.Verify(50, 8200, 30, transposeA, transposeB, accumulate);
        GemmCase.Verify(7, 200, 0, transposeA, transposeB, accumulate); // no sums at all
    }

    [Fact]
    public void NoSumsGiveZeroOrLeaveC()
    {
        float[] c = [1, 2, 3, 4];
        Gemm.Multiply([], false, [], false, c, 2, 2, 0, accumulate: true);
        Assert.Equal([1, 2, 3, 4], c);
        Gemm.Multiply([], false, [], false, c, 2, 2, 0);
        Assert.Equal([0, 0, 0, 0], c);
    }

    [Fact]
    public void NothingIsReadOfCUnlessItIsAddedTo()
    {
        float[] c = [float.NaN];
        Gemm.Multiply([2], false, [3], false, c, 1, 1, 1);
        Assert.Equal(6, c[0]);
    }

    [Fact]
    public void NonFiniteNumbersStayInTheirRowsAndColumns()
    {
        float[] a = [1, 1, float.NaN, 1], b = [1, 2, 3, 4], c = new float[4];
        Gemm.Multiply(a, false, b, false, c, 2, 2, 2);
        Assert.Equal([4, 6, float.NaN, float.NaN], c);
    }

    [Fact]
    public void ErrorsNameTheMatrixAndItsSize()
    {
        float[] four = new float[4], three = new float[3];
        ArgumentException a = Assert.Throws<ArgumentException>(() => Gemm.Multiply(three, false, four, false, four, 2, 2, 2));
        Assert.Equal("a", a.ParamName);
        Assert.Contains("a has 3 elements", a.Message, StringComparison.Ordinal);
        Assert.Contains("needs 4", a.Message, StringComparison.Ordinal);
        Assert.Equal("b", Assert.Throws<ArgumentException>(() => Gemm.Multiply(four, false, three, true, four, 2, 2, 2)).ParamName);
        Assert.Equal("c", Assert.Throws<ArgumentException>(() => Gemm.Multiply(four, false, four, false, three, 2, 2, 2)).ParamName);
        ArgumentException narrow = Assert.Throws<ArgumentException>(() => Gemm.Multiply(four, 1, false, four, 2, false, four, 2, 2, 2, 2));
        Assert.Contains("leading dimension of a is 1", narrow.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Multiply(four, false, four, false, four, -1, 2, 2));
    }
}
