using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Turns the 64 words of a group into 64 numbers of some distribution; number i may use all words of its group.</summary>
internal unsafe interface INumbers
{
    /// <summary>Writes 64 numbers.</summary>
    void Convert(uint* words, float* numbers);
}

/// <summary>
/// Fills memory with the numbers of a stream from a position on. Chunks are whole groups of the stream, so a number does not depend
/// on the thread that makes it; a group that lies only partly in the span is made whole and copied in part.
/// </summary>
internal readonly unsafe struct RandomFill<TNumbers>(ulong key, ulong position, float* values, int length, TNumbers numbers) : IWork
    where TNumbers : struct, INumbers
{
    private const int GroupsPerChunk = 128;

    /// <summary>Chunks of work.</summary>
    public int Chunks => length == 0 ? 0 : (int)((Groups + GroupsPerChunk - 1) / GroupsPerChunk);

    private ulong FirstGroup => position / Philox.GroupLength;

    private long Groups => (long)((position + (ulong)length - 1) / Philox.GroupLength) - (long)FirstGroup + 1;

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        uint* words = stackalloc uint[Philox.GroupLength];
        float* padded = stackalloc float[Philox.GroupLength];
        long end = Math.Min(((long)chunk + 1) * GroupsPerChunk, Groups);
        for (long group = (long)chunk * GroupsPerChunk; group < end; group++)
        {
            ulong absolute = FirstGroup + (ulong)group;
            Philox.Group(key, absolute, words);
            long start = (long)((absolute * Philox.GroupLength) - position); // negative for a group that begins before the span
            if (start >= 0 && start <= length - Philox.GroupLength)
            {
                numbers.Convert(words, values + start);
                continue;
            }
            numbers.Convert(words, padded);
            for (long i = Math.Max(0, -start); i < Math.Min(Philox.GroupLength, length - start); i++)
            {
                values[start + i] = padded[i];
            }
        }
    }
}

/// <summary>low + range * u. Only exact conversions, one multiplication and one addition: the same numbers on every processor.</summary>
internal readonly unsafe struct UniformNumbers(float low, float range, float last) : INumbers
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Convert(uint* words, float* numbers)
    {
        for (int i = 0; i < Philox.GroupLength; i++)
        {
            numbers[i] = Philox.ToUnit(words[i]);
        }
        Elementwise.Unary(new ReadOnlySpan<float>(numbers, Philox.GroupLength), new Span<float>(numbers, Philox.GroupLength), new Stretch(low, range, last));
    }

    private readonly struct Stretch(float low, float range, float last) : IUnaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
        {
            TLanes value = TLanes.Broadcast(low) + (x * TLanes.Broadcast(range));
            return TLanes.Select(TLanes.LessThan(TLanes.Broadcast(last), value), TLanes.Broadcast(last), value);
        }
    }
}

/// <summary>
/// Box and Muller: two uniform words make two normal numbers, r cos(a) and r sin(a) with r = sqrt(-2 ln u). Word i of the group's first and
/// third quarter pairs with word i of the quarter after it.
/// </summary>
internal readonly unsafe struct NormalNumbers(float mean, float std) : INumbers
{
    private const float TwoToMinus32 = 1f / 4294967296f;

    /// <inheritdoc/>
    public void Convert(uint* words, float* numbers)
    {
        const int Quarter = Philox.Counters;
        float* turns = stackalloc float[Quarter];
        for (int pair = 0; pair < 2; pair++, words += 2 * Quarter, numbers += 2 * Quarter)
        {
            Span<float> first = new(numbers, Quarter), second = new(numbers + Quarter, Quarter);
            for (int i = 0; i < Quarter; i++)
            {
                first[i] = (words[i] * TwoToMinus32) + (TwoToMinus32 / 2); // in (0, 1]
                turns[i] = Philox.ToUnit(words[Quarter + i]);
            }
            Elementwise.Binary(first, new ReadOnlySpan<float>(turns, Quarter), second, new PolarOperator(std, mean, sine: true));
            Elementwise.Binary(first, new ReadOnlySpan<float>(turns, Quarter), first, new PolarOperator(std, mean, sine: false));
        }
    }
}
