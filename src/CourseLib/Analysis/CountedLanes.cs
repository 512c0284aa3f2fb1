using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// A register of one float that counts what is done with it. A kernel is written once for every <see cref="ILanes{TSelf}"/>; with these lanes the very code that runs fast elsewhere says how
/// often it loads, stores and computes. Numbers are those of <see cref="Lanes1"/>.
/// </summary>
/// <param name="value">The number.</param>
public readonly unsafe struct CountedLanes(float value) : ILanes<CountedLanes>
{
    [ThreadStatic]
    private static long loads, broadcasts, stores, multiplyAdds, arithmetic, others;

    private readonly float value = value;

    private CountedLanes(Lanes1 lane)
        : this(Lanes1.Sum(lane))
    {
    }

    /// <inheritdoc/>
    public static int Count => 1;

    private Lanes1 Lane => new(value);

    /// <summary>Counts what some work does on this thread.</summary>
    /// <param name="work">Calls kernels with <c>CountedLanes</c> for their type argument.</param>
    public static OperationCount In(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        OperationCount before = Now;
        work();
        OperationCount now = Now;
        return new(now.Loads - before.Loads, now.Broadcasts - before.Broadcasts, now.Stores - before.Stores,
            now.MultiplyAdds - before.MultiplyAdds, now.Arithmetic - before.Arithmetic, now.Others - before.Others);
    }

    /// <inheritdoc/>
    public static CountedLanes Load(float* source) => Counted(ref loads, Lanes1.Load(source));

    /// <inheritdoc/>
    public static CountedLanes Load(float* source, int count) => Counted(ref loads, Lanes1.Load(source, count));

    /// <inheritdoc/>
    public static void Store(CountedLanes value, float* target)
    {
        stores++;
        Lanes1.Store(value.Lane, target);
    }

    /// <inheritdoc/>
    public static void Store(CountedLanes value, float* target, int count)
    {
        stores++;
        Lanes1.Store(value.Lane, target, count);
    }

    /// <inheritdoc/>
    public static CountedLanes Broadcast(float value) => Counted(ref broadcasts, new(value));

    /// <inheritdoc/>
    public static CountedLanes operator +(CountedLanes a, CountedLanes b) => Counted(ref arithmetic, a.Lane + b.Lane);

    /// <inheritdoc/>
    public static CountedLanes operator -(CountedLanes a, CountedLanes b) => Counted(ref arithmetic, a.Lane - b.Lane);

    /// <inheritdoc/>
    public static CountedLanes operator *(CountedLanes a, CountedLanes b) => Counted(ref arithmetic, a.Lane * b.Lane);

    /// <inheritdoc/>
    public static CountedLanes operator /(CountedLanes a, CountedLanes b) => Counted(ref arithmetic, a.Lane / b.Lane);

    /// <inheritdoc/>
    public static CountedLanes operator -(CountedLanes a) => Counted(ref others, -a.Lane);

    /// <inheritdoc/>
    public static CountedLanes MultiplyAdd(CountedLanes a, CountedLanes b, CountedLanes c) => Counted(ref multiplyAdds, Lanes1.MultiplyAdd(a.Lane, b.Lane, c.Lane));

    /// <inheritdoc/>
    public static void Accumulate(ref CountedLanes sum, CountedLanes a, CountedLanes b) => sum = MultiplyAdd(a, b, sum);

    /// <inheritdoc/>
    public static CountedLanes FusedMultiplyAdd(CountedLanes a, CountedLanes b, CountedLanes c) => Counted(ref multiplyAdds, Lanes1.FusedMultiplyAdd(a.Lane, b.Lane, c.Lane));

    /// <inheritdoc/>
    public static CountedLanes Max(CountedLanes a, CountedLanes b) => Counted(ref others, Lanes1.Max(a.Lane, b.Lane));

    /// <inheritdoc/>
    public static CountedLanes Min(CountedLanes a, CountedLanes b) => Counted(ref others, Lanes1.Min(a.Lane, b.Lane));

    /// <inheritdoc/>
    public static CountedLanes AtMost(CountedLanes x, CountedLanes limit) => Counted(ref others, Lanes1.AtMost(x.Lane, limit.Lane));

    /// <inheritdoc/>
    public static CountedLanes AtLeast(CountedLanes x, CountedLanes limit) => Counted(ref others, Lanes1.AtLeast(x.Lane, limit.Lane));

    /// <inheritdoc/>
    public static CountedLanes Sqrt(CountedLanes a) => Counted(ref arithmetic, Lanes1.Sqrt(a.Lane));

    /// <inheritdoc/>
    public static CountedLanes Abs(CountedLanes a) => Counted(ref others, Lanes1.Abs(a.Lane));

    /// <inheritdoc/>
    public static CountedLanes Round(CountedLanes a) => Counted(ref others, Lanes1.Round(a.Lane));

    /// <inheritdoc/>
    public static CountedLanes Pow(CountedLanes x, CountedLanes y) => Counted(ref others, Lanes1.Pow(x.Lane, y.Lane));

    /// <inheritdoc/>
    public static CountedLanes LessThan(CountedLanes a, CountedLanes b) => Counted(ref others, Lanes1.LessThan(a.Lane, b.Lane));

    /// <inheritdoc/>
    public static CountedLanes Equal(CountedLanes a, CountedLanes b) => Counted(ref others, Lanes1.Equal(a.Lane, b.Lane));

    /// <inheritdoc/>
    public static CountedLanes Select(CountedLanes mask, CountedLanes yes, CountedLanes no) => Counted(ref others, Lanes1.Select(mask.Lane, yes.Lane, no.Lane));

    /// <inheritdoc/>
    public static CountedLanes KeepFirst(CountedLanes a, int count) => Counted(ref others, Lanes1.KeepFirst(a.Lane, count));

    /// <inheritdoc/>
    public static CountedLanes CopySign(CountedLanes a, CountedLanes sign) => Counted(ref others, Lanes1.CopySign(a.Lane, sign.Lane));

    /// <inheritdoc/>
    public static CountedLanes PowerOfTwo(CountedLanes n) => Counted(ref others, Lanes1.PowerOfTwo(n.Lane));

    /// <inheritdoc/>
    public static CountedLanes Scale(CountedLanes a, CountedLanes n) => Counted(ref others, Lanes1.Scale(a.Lane, n.Lane));

    /// <inheritdoc/>
    public static CountedLanes SplitExponent(CountedLanes x, out CountedLanes exponent)
    {
        CountedLanes mantissa = Counted(ref others, Lanes1.SplitExponent(x.Lane, out Lanes1 power));
        exponent = new(power);
        return mantissa;
    }

    /// <inheritdoc/>
    public static float Sum(CountedLanes a) => a.value;

    private static OperationCount Now => new(loads, broadcasts, stores, multiplyAdds, arithmetic, others);

    private static CountedLanes Counted(ref long counter, Lanes1 result)
    {
        counter++;
        return new(result);
    }
}
