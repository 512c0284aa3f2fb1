using System.Reflection;
using System.Runtime.InteropServices;
using CourseLib.Kernels;
using CourseLib.Kernels.Steps;

namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>
/// What works element by element: whatever the length, from 1 to 67, and wherever the operands begin, each element has the bits that it has alone. Values are the business of each
/// operator's own tests; with this they hold at every length and in every lane.
/// </summary>
public class ElementSizesTests
{
    private const int Most = 67;

    private static readonly MethodInfo Unary = Generic(nameof(EachAsAloneUnary)), Binary = Generic(nameof(EachAsAloneBinary));

    public static TheoryData<string> Operators => [.. typeof(Gemm).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.IsPublic && !type.IsGenericType && (Is<IUnaryOperator>(type) || Is<IBinaryOperator>(type))).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Operators))]
    public void An_operator(string name)
    {
        Type type = typeof(Gemm).Assembly.GetType(name)!;
        (Is<IUnaryOperator>(type) ? Unary : Binary).MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [], null);
    }

    [Fact]
    public void A_step_of_each_optimizer()
    {
        EachAsAlone(new SgdStep(0.9, 1, 1, 0, 0.1, 0.01));
        EachAsAlone(new AdamStep(3));
        EachAsAlone(new RecordedAdamStep(new AdamStep(3)));
        EachAsAlone(new NAdamStep(0.9, 0.999, 0.01, 0.02, 0.5, 1e-8, 0.01));
        EachAsAlone(new AdadeltaStep(0.9, 1, 1e-6, 1e-6, 0.01));
    }

    [Fact]
    public unsafe void Transposing()
    {
        for (int rows = 1; rows <= Most; rows++)
        {
            for (int columns = 1; columns <= Most; columns++)
            {
                int pitch = columns + (rows % 5), height = rows + (columns % 4);
                Guarded source = Guarded.Normal(((rows - 1) * pitch) + columns, rows + columns), target = Guarded.Output(((columns - 1) * height) + rows, columns);
                fixed (float* from = source.Span, to = target.Span)
                {
                    WidestLanes.For(1, new Transposed((nint)from, pitch, rows, columns, (nint)to, height));
                }

                string what = FormattableString.Invariant($"{rows} x {columns}");
                target.Verify(what);
                for (int i = 0; i < target.Length; i++)
                {
                    float expected = i % height < rows ? source[(i % height * pitch) + (i / height)] : float.NaN; // between the columns nothing is written
                    if (!expected.Equals(target[i]))
                    {
                        Assert.Fail(FormattableString.Invariant($"{what}: element {i} is {target[i]}, expected {expected}"));
                    }
                }
            }
        }
    }

    [Fact]
    public void Filling_with_random_numbers()
    {
        float[] whole = new float[Most], normal = new float[Most];
        new Generator(3).Uniform(whole);
        new Generator(3).Normal(normal);
        for (int length = 1; length <= Most; length++)
        {
            Guarded some = Guarded.Output(length, length), others = Guarded.Output(length, length + 1);
            new Generator(3).Uniform(some);
            new Generator(3).Normal(others);
            Same(whole.AsSpan(0, length), some, "uniform numbers");
            Same(normal.AsSpan(0, length), others, "normal numbers");
        }
    }

    private static void EachAsAloneUnary<TOp>() where TOp : struct, IUnaryOperator
    {
        float[] x = KernelData.Normal(Most, 1, 0.5, 2), alone = new float[Most];
        for (int i = 0; i < Most; i++)
        {
            Elementwise.Unary<TOp>(x.AsSpan(i, 1), alone.AsSpan(i, 1));
        }

        for (int length = 1; length <= Most; length++)
        {
            Guarded input = new(x.AsSpan(0, length), length & 3), output = Guarded.Output(length, length >> 2);
            Elementwise.Unary<TOp>(input, output);
            Same(alone.AsSpan(0, length), output, typeof(TOp).Name);
        }
    }

    private static void EachAsAloneBinary<TOp>() where TOp : struct, IBinaryOperator
    {
        float[] a = KernelData.Normal(Most, 1), b = KernelData.Normal(Most, 2, 0.5, 2), alone = new float[Most];
        for (int i = 0; i < Most; i++)
        {
            Elementwise.Binary<TOp>(a.AsSpan(i, 1), b.AsSpan(i, 1), alone.AsSpan(i, 1));
        }

        for (int length = 1; length <= Most; length++)
        {
            Guarded first = new(a.AsSpan(0, length), length & 3), second = new(b.AsSpan(0, length), (length + 1) & 3), output = Guarded.Output(length, length >> 2);
            Elementwise.Binary<TOp>(first, second, output);
            Same(alone.AsSpan(0, length), output, typeof(TOp).Name);
        }
    }

    private static void EachAsAlone<TStep>(TStep step) where TStep : struct, IStepOperator
    {
        float[][] operands = [.. Enumerable.Range(0, 5).Select(i => KernelData.Normal(Most, i).Select(v => i < 2 ? v : MathF.Abs(v)).ToArray())]; // second moments are not negative
        float[][] alone = [.. operands.Select(values => values.ToArray())];
        for (int i = 0; i < Most; i++)
        {
            OptimizerSteps.Apply(alone[0].AsSpan(i, 1), alone[1].AsSpan(i, 1), alone[2].AsSpan(i, 1), alone[3].AsSpan(i, 1), alone[4].AsSpan(i, 1), step);
        }

        Assert.NotEqual(operands[0], alone[0]);
        for (int length = 1; length <= Most; length++)
        {
            Guarded[] all = [.. operands.Select((values, i) => new Guarded(values.AsSpan(0, length), (length + i) & 3))];
            OptimizerSteps.Apply(all[0], all[1], all[2], all[3], all[4], step);
            for (int i = 0; i < all.Length; i++)
            {
                Same(alone[i].AsSpan(0, length), all[i], FormattableString.Invariant($"{typeof(TStep).Name}, operand {i}"));
            }
        }
    }

    private static void Same(ReadOnlySpan<float> expected, Guarded actual, string what)
    {
        string all = FormattableString.Invariant($"{what}, {expected.Length} elements");
        int at = MemoryMarshal.Cast<float, uint>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, uint>(actual.Span));
        if (at < expected.Length)
        {
            Assert.Fail(FormattableString.Invariant($"{all}: element {at} is {actual[at]:R}, alone it is {expected[at]:R}"));
        }

        actual.Verify(all);
    }

    private static bool Is<T>(Type type) => typeof(T).IsAssignableFrom(type);

    private static MethodInfo Generic(string name) => typeof(ElementSizesTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly unsafe struct Transposed(nint source, int pitch, int rows, int columns, nint target, int height) : ILaneWork
    {
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes> => Transposition.Run<TLanes>((float*)source, pitch, rows, columns, (float*)target, height);
    }
}
