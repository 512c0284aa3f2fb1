using System.Globalization;
using CourseLib.Kernels;
using CourseLib.Tests.SimdLevels;
using MathNet.Numerics;
using Xunit.Abstractions;

namespace CourseLib.Tests.Kernels;

/// <summary>
/// exp, log, tanh, sigmoid, erf and GELU over all floats: a bit pattern in every 20,011 (each exponent 400 times, both signs, subnormal numbers, NaN), and
/// all floats near the places where a formula changes. Each test writes a line of a table: the largest error among normal and among subnormal results.
/// </summary>
public class WholeRangeAccuracyTests(ITestOutputHelper table)
{
    private const uint Step = 20_011;
    private const int Neighbours = 64;

    /// <summary>Where a clamp begins, a result becomes subnormal, 0 or infinite, and where tables and ranges of exponents begin.</summary>
    private static readonly float[] Turns =
    [
        0, 1, 0.5f, 2, 0.96875f, 1.03125f, 0.9921875f, float.MaxValue, 1.17549435e-38f, -1.17549435e-38f, 0.34657359f, -0.34657359f, 1.03972077f, 0.17328680f, 0.51986039f, 4, -4,
        9.01f, -9.01f, 10, -10, 10.5f, 17.4f, 88, 88.72284f, 89, -87.33655f, -103.97208f, -104, -13.15f, 14.5f, -14.5f, -14.4f, -14.3f, 0.7071068f, 1.4142135f, 0.02166085f, -0.02166085f, 0.06498255f, 126 * 0.69314718f, 90000, -90000, 1e30f, -1e30f,
    ];

    private static readonly float[] Points = [.. Sample()];

    private static bool HasTables => WidestLanes.Count == Lanes16.Count;

    [Fact]
    public void Exp() => Check<ExpOperator>(Math.Exp, HasTables ? 0.75 : 1.25);

    [Fact]
    public void Log() => Check<LogOperator>(Math.Log, 1.75);

    [Fact]
    public void Tanh() => Check<TanhOperator>(Math.Tanh, 3);

    [Fact]
    public void Sigmoid() => Check<SigmoidOperator>(x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : Reference.Sigmoid(x), HasTables ? 2 : 2.5);

    [Fact]
    public void Erf() => Check<ErfOperator>(SpecialFunctions.Erf, 1.5);

    [Fact]
    public void Gelu() => Check<GeluOperator>(x => double.IsNegativeInfinity(x) ? -0.0 : Reference.Gelu(x), HasTables ? 3 : 3.5);

    [Fact]
    public void The_points_meet_every_exponent()
    {
        Assert.Equal(512, Points.Select(x => BitConverter.SingleToUInt32Bits(x) >> 23).Distinct().Count());
        Assert.True(Points.Count(float.IsSubnormal) > 800);
    }

    [Fact]
    public void An_error_at_one_number_is_seen() =>
        Assert.Throws<Xunit.Sdk.TrueException>(() => Check<WrongAtOneHalf>(Math.Exp, 3));

    /// <summary>Every factor of the logarithm's table and its logarithm, which is why a table of floats is enough.</summary>
    [Fact]
    public void The_table_of_logarithms_is_accurate_beyond_its_digits()
    {
        double lostByLn2 = 0.693147182f - Math.Log(2);
        (float Factor, float Logarithm)[] entries = [.. LogTable.Entries()];
        Assert.Equal(32, entries.Length);
        Assert.Equal((1f, 0f), entries[0]);
        Assert.Equal((0.5f, 0.693147182f), entries[^1]);
        for (int i = 1; i < entries.Length - 1; i++)
        {
            double exact = -Math.Log(entries[i].Factor) + (i >= 16 ? lostByLn2 : 0);
            Assert.True(Math.Abs(entries[i].Logarithm - exact) < 2e-11, $"entry {i}");
            Assert.InRange(entries[i].Factor, 1 / (1 + ((i + 0.6) / 32)), 1 / (1 + ((i + 0.4) / 32)));
        }
    }

    /// <summary>A power and what it lacks are together a sixteenth step of 2^x, to 2^-48: half of the last digit of what is lacking.</summary>
    [Fact]
    public void The_table_of_powers_has_what_its_floats_lack()
    {
        (float Power, float Lack)[] entries = [.. ExpTable.Entries()];
        Assert.Equal(16, entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            double exact = Math.Pow(2, i / 16.0);
            Assert.Equal((float)exact, entries[i].Power);
            Assert.True(Math.Abs((exact / entries[i].Power) - 1 - entries[i].Lack) < Math.ScaleB(1, -48), $"entry {i}");
        }
    }

    private static IEnumerable<float> Sample()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Step)
        {
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        }

        foreach (float turn in Turns)
        {
            uint center = BitConverter.SingleToUInt32Bits(turn);
            for (int i = -Neighbours; i <= Neighbours; i++)
            {
                yield return BitConverter.UInt32BitsToSingle((uint)((int)center + i));
            }
        }
    }

    private void Check<TOp>(Func<double, double> exact, double limit) where TOp : struct, IUnaryOperator
    {
        float[] y = Accuracy.Apply<TOp>(Points);
        (double Error, float At) normal = default, subnormal = default;
        for (int i = 0; i < y.Length; i++)
        {
            double expected = exact(Points[i]);
            double ulps = float.IsNaN((float)expected) ? (float.IsNaN(y[i]) ? 0 : double.PositiveInfinity)
                : y[i] == 0 && double.IsNegative(expected) != float.IsNegative(y[i]) ? double.PositiveInfinity
                : Accuracy.Ulps(y[i], expected);
            ref (double Error, float At) worst = ref float.IsSubnormal((float)expected) ? ref subnormal : ref normal;
            if (!(ulps <= worst.Error))
            {
                worst = (ulps, Points[i]);
            }
        }

        string line = string.Create(CultureInfo.InvariantCulture,
            $"{typeof(TOp).Name,-16} {SimdLevel.Current,3} bits: {normal.Error:F2} ulp at {normal.At:R}, subnormal results {subnormal.Error:F2} at {subnormal.At:R}");
        table.WriteLine(line);
        Assert.True(normal.Error <= limit && subnormal.Error <= limit, line);
    }

    private readonly struct WrongAtOneHalf : IUnaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
        {
            TLanes y = default(ExpOperator).Invoke(x);
            return TLanes.Select(TLanes.Equal(x, TLanes.Broadcast(0.5f)), y * TLanes.Broadcast(1 + 5e-7f), y);
        }
    }
}
