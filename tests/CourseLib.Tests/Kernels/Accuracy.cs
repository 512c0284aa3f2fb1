using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>How far a kernel is from a double reference, in units in the last place of the exact result (below the normal numbers: of the smallest one).</summary>
internal static class Accuracy
{
    private const int Points = 40_000;

    internal static float[] Apply<TOp>(float[] x, TOp op = default)
        where TOp : struct, IUnaryOperator
    {
        float[] y = new float[x.Length];
        Elementwise.Unary(x, y, op);
        return y;
    }

    /// <summary>f'(x) as the gradient operator gives it for dy = 1.</summary>
    internal static float[] Slope<TOp>(float[] x, TOp op = default)
        where TOp : struct, IBinaryOperator
    {
        float[] y = new float[x.Length];
        Elementwise.Binary(1, x, y, op);
        return y;
    }

    /// <summary>Fails unless the operator is within the limit at 40,000 even steps from low to high.</summary>
    internal static void Verify<TOp>(Func<double, double> exact, float low, float high, double limit, TOp op = default)
        where TOp : struct, IUnaryOperator
    {
        float[] x = Grid(low, high);
        Compare(typeof(TOp).Name, x, Apply(x, op), exact, limit);
    }

    /// <summary>The same for a derivative.</summary>
    internal static void VerifySlope<TOp>(Func<double, double> exact, float low, float high, double limit, TOp op = default)
        where TOp : struct, IBinaryOperator
    {
        float[] x = Grid(low, high);
        Compare(typeof(TOp).Name, x, Slope(x, op), exact, limit);
    }

    internal static double Ulps(float value, double exact)
    {
        float nearest = (float)exact;
        if (float.IsInfinity(nearest) || value == nearest)
        {
            return value == nearest ? 0 : double.PositiveInfinity;
        }

        float size = Math.Abs(nearest);
        double ulp = (double)MathF.BitIncrement(size) - size;
        return Math.Abs(value - exact) / ulp;
    }

    /// <summary>Even steps from low to high.</summary>
    internal static float[] Grid(float low, float high)
    {
        float[] x = new float[Points];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)(low + (((double)high - low) * i / (x.Length - 1)));
        }

        return x;
    }

    /// <summary>Fails unless each y is within the limit of the exact value at x.</summary>
    internal static void Compare(string name, float[] x, float[] y, Func<double, double> exact, double limit)
    {
        double worst = 0;
        int at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double ulps = Ulps(y[i], exact(x[i]));
            if (!(ulps <= worst))
            {
                (worst, at) = (ulps, i);
            }
        }

        Assert.True(worst <= limit, FormattableString.Invariant($"{name}({x[at]:R}) = {y[at]:R} is {worst:F2} ulp off"));
    }
}
