namespace CourseLib.Analysis;

/// <summary>
/// Counts the misses of a cache for a sequence of touched addresses, for every size of the cache at once. The cache is ideal: any line may lie anywhere, and what was
/// used longest ago leaves first (LRU).
/// </summary>
/// <remarks>
/// A line is still there if fewer other lines than the cache holds were touched since its last use. So one pass that notes this <i>reuse distance</i> for each touch
/// answers for all sizes (Mattson, Gecsei, Slutz, Traiger 1970). Real caches have sets and prefetchers; this one has no clock and gives the same numbers everywhere.
/// </remarks>
/// <param name="lineLength">How many neighbouring addresses one line holds: 16 floats on most processors.</param>
/// <exception cref="ArgumentOutOfRangeException">A line holds nothing.</exception>
public sealed class ReuseDistances(int lineLength = 16)
{
    private readonly int lineLength = lineLength >= 1 ? lineLength : throw new ArgumentOutOfRangeException(nameof(lineLength), lineLength, "ReuseDistances: expected lines of at least one address");
    private readonly List<long> counts = [];

    // The lines by last use, the latest first.
    private int[] recent = new int[256];
    private int lines;

    /// <summary>How many touches there were.</summary>
    public long Touches { get; private set; }

    /// <summary>How many different lines were touched: misses that no cache avoids.</summary>
    public int Lines => lines;

    /// <summary>Notes that an address was read or written.</summary>
    /// <param name="address">Counted in elements, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address is negative.</exception>
    public void Touch(int address)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        Touches++;
        int line = address / lineLength, distance = recent.AsSpan(0, lines).IndexOf(line);
        if (distance < 0)
        {
            distance = lines++;
            if (lines > recent.Length)
            {
                Array.Resize(ref recent, 2 * recent.Length);
            }

            counts.Add(0); // a distance that long may come from now on
        }
        else
        {
            counts[distance]++;
        }

        recent.AsSpan(0, distance).CopyTo(recent.AsSpan(1));
        recent[0] = line;
    }

    /// <summary>How many touches an LRU cache of so many lines misses, first touches included.</summary>
    /// <param name="cacheLines">The size of the cache; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cache has no line.</exception>
    public long Misses(int cacheLines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cacheLines, 1);
        return lines + counts.Skip(cacheLines).Sum();
    }
}
