using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>The loop: tails, splitting, aliasing, accumulation; and each operator against its definition.</summary>
public class ElementwiseTests
{
    private const float Guard = 777;

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 71), 4096, 8191, 8192, 8193, 20_011, 65_535, 70_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void EveryLengthWritesItsElementsAndNoOthers(int length)
    {
        float[] a = GemmCase.Numbers(length, 1), b = GemmCase.Numbers(length, 2), c = GemmCase.Numbers(length, 3);
        float[] y = new float[length + 2];
        foreach (bool accumulate in new[] { false, true })
        {
            void Check(Action<Span<float>> kernel, Func<int, float> expected)
            {
                Array.Fill(y, Guard);
                kernel(y.AsSpan(1, length));
                Assert.Equal(Guard, y[0]);
                Assert.Equal(Guard, y[length + 1]);
                for (int i = 0; i < length; i++)
                {
                    Assert.Equal(accumulate ? Guard + expected(i) : expected(i), y[i + 1]);
                }
            }

            Check(t => Elementwise.Unary<NegateOperator>(a, t, default, accumulate), i => -a[i]);
            Check(t => Elementwise.Binary<MultiplyOperator>(a, b, t, default, accumulate), i => a[i] * b[i]);
            Check(t => Elementwise.Binary<SubtractOperator>(a, 3, t, default, accumulate), i => a[i] - 3);
            Check(t => Elementwise.Binary<SubtractOperator>(3, a, t, default, accumulate), i => 3 - a[i]);
            Check(t => Elementwise.Ternary<Chain>(a, b, c, t, default, accumulate), i => (a[i] + b[i]) - c[i]);
        }
    }

    /// <summary>The length from which on it is cut into chunks falls as the operator's cost rises; there are never so few that threads get nothing.</summary>
    [Fact]
    public void ADearOperatorIsSharedOutAtFewerElements()
    {
        int add = Shared<BinaryElements<AddOperator>>(), exp = Shared<UnaryElements<ExpOperator>>(), gelu = Shared<UnaryElements<GeluOperator>>();
        Assert.Equal((65_536, 16_384, 8_192), (add, exp, gelu));
        Assert.Equal(gelu, Shared<SumWithOutput<UnaryElements<GeluOperator>>>());
        Assert.Equal(Shared<BinaryElements<PowOperator>>(), Shared<UnaryElements<ScalarRight<PowOperator>>>());
        Assert.Equal(5, ElementLoop.Chunks<UnaryElements<ExpOperator>>(16_385));

        static int Shared<TElements>() where TElements : struct, IElements =>
            Enumerable.Range(1, 100_000).First(length => ElementLoop.Chunks<TElements>(length) > 1);
    }

    [Fact]
    public void TheOutputMayBeAnInput()
    {
        float[] x = GemmCase.Numbers(10_007, 4);
        float[] y = [.. x];
        Elementwise.Unary<SquareOperator>(y, y);
        Assert.All(y, (value, i) => Assert.Equal(x[i] * x[i], value));
        y = [.. x];
        Elementwise.Binary<AddOperator>(y, y, y);
        Assert.All(y, (value, i) => Assert.Equal(x[i] + x[i], value));
        Elementwise.Scale(2, y, y);
        Assert.All(y, (value, i) => Assert.Equal(4 * x[i], value));
        Elementwise.Axpy(-1, y, y);
        Assert.All(y, value => Assert.Equal(0, value));
    }

    [Fact]
    public void AnElementDoesNotDependOnItsPosition()
    {
        float[] x = GemmCase.Numbers(67, 5), whole = new float[67], single = new float[1];
        Elementwise.Unary<TanhOperator>(x, whole);
        for (int i = 0; i < x.Length; i++)
        {
            Elementwise.Unary<TanhOperator>(x.AsSpan(i, 1), single);
            Assert.Equal(whole[i], single[0]);
        }
    }

    [Fact]
    public void UnaryOperators()
    {
        float[] x = [-2, -0.5f, 0, 0.25f, 3, float.NaN];
        Expect<AbsOperator>(x, [2, 0.5f, 0, 0.25f, 3, float.NaN]);
        Expect<SignOperator>(x, [-1, -1, 0, 1, 1, float.NaN]);
        Expect<ReluOperator>(x, [0, 0, 0, 0.25f, 3, float.NaN]);
        Expect<SqrtOperator>(x, [float.NaN, float.NaN, 0, 0.5f, MathF.Sqrt(3), float.NaN]);
        Expect<SquareOperator>(x, [4, 0.25f, 0, 0.0625f, 9, float.NaN]);
        Expect<ReciprocalOperator>(x, [-0.5f, -2, float.PositiveInfinity, 4, 1 / 3f, float.NaN]);
        Expect(x, [-1, -0.25f, 0, 0.25f, 3, float.NaN], new LeakyReluOperator(0.5f));
        Expect(x, [-1, -0.5f, 0, 0.25f, 2, float.NaN], new ClampOperator(-1, 2));
    }

    [Fact]
    public void BinaryOperators()
    {
        float[] a = [1, -2, float.NaN, 4], b = [2, -3, 1, float.NaN];
        Expect<AddOperator>(a, b, [3, -5, float.NaN, float.NaN]);
        Expect<SubtractOperator>(a, b, [-1, 1, float.NaN, float.NaN]);
        Expect<MultiplyOperator>(a, b, [2, 6, float.NaN, float.NaN]);
        Expect<DivideOperator>(a, b, [0.5f, -2f / -3f, float.NaN, float.NaN]);
        Expect<MaxOperator>(a, b, [2, -2, float.NaN, float.NaN]);
        Expect<MinOperator>(a, b, [1, -3, float.NaN, float.NaN]);
        Expect<PowOperator>([2, 9, 4], [3, 0.5f, -1], [8, 3, 0.25f]);
    }

    [Fact]
    public void GradientsAreTheSlopesOfTheirFunctions()
    {
        Slope<ExpOperator, MultiplyOperator>(0.3f, fromOutput: true);
        Slope<SigmoidOperator, SigmoidGradient>(0.3f, fromOutput: true);
        Slope<TanhOperator, TanhGradient>(-0.7f, fromOutput: true);
        Slope<SqrtOperator, SqrtGradient>(2, fromOutput: true);
        Slope<ReciprocalOperator, ReciprocalGradient>(-1.5f, fromOutput: true);
        Slope<SquareOperator, SquareGradient>(1.5f, fromOutput: false);
        foreach (float x in new[] { -1f, 2f })
        {
            Slope<ReluOperator, ReluGradient>(x, fromOutput: true);
            Slope<AbsOperator, AbsGradient>(x, fromOutput: false);
            Slope(x, fromOutput: false, new LeakyReluOperator(0.2f), new LeakyReluGradient(0.2f));
            Slope(x, fromOutput: false, new ClampOperator(-3, 1), new ClampGradient(-3, 1));
        }
        float[] dx = new float[1];
        Elementwise.PowGradient([5], [2], 3, dx);
        Assert.Equal(60, dx[0], 1e-4f);
    }

    [Fact]
    public void ErrorsNameTheOperatorAndBothLengths()
    {
        float[] three = new float[3], four = new float[4];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Elementwise.Binary<AddOperator>(four, three, four));
        Assert.Equal("b", error.ParamName);
        Assert.Contains("AddOperator: b has 3 elements, but the output has 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Elementwise.Unary<ExpOperator>(three, four));
        Assert.Throws<ArgumentException>(() => Elementwise.Ternary<MultiplyAddOperator>(four, four, three, four));
        Assert.Throws<ArgumentException>(() => Elementwise.Axpy(2, three, four));
        Assert.Throws<ArgumentException>(() => Elementwise.Copy(three, four));
    }

    private static void Expect<TOp>(float[] x, float[] expected, TOp op = default) where TOp : struct, IUnaryOperator
    {
        float[] y = new float[x.Length];
        Elementwise.Unary(x, y, op);
        Assert.Equal(expected, y);
    }

    private static void Expect<TOp>(float[] a, float[] b, float[] expected) where TOp : struct, IBinaryOperator
    {
        float[] y = new float[a.Length];
        Elementwise.Binary<TOp>(a, b, y);
        Assert.Equal(expected, y);
    }

    private static void Slope<TOp, TGradient>(float x, bool fromOutput, TOp op = default, TGradient gradient = default)
        where TOp : struct, IUnaryOperator
        where TGradient : struct, IBinaryOperator
    {
        const float Step = 1 / 128f;
        float[] y = new float[3], dx = new float[1];
        Elementwise.Unary([x - Step, x, x + Step], y, op);
        Elementwise.Binary([3], [fromOutput ? y[1] : x], dx, gradient);
        Assert.Equal(3 * (y[2] - y[0]) / (2 * Step), dx[0], 1e-3f);
    }

    private readonly struct Chain : ITernaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes a, TLanes b, TLanes c) where TLanes : struct, ILanes<TLanes> => (a + b) - c;
    }
}
