using System.Globalization;
using System.Text;
using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>One random case of a property: what it draws depends on its seed alone, and a failure shows the seed and everything that was drawn.</summary>
internal sealed class Case(int seed)
{
    /// <summary>Cases that each property is tried with.</summary>
    internal const int Count = 10_000;

    private readonly Random random = new(seed);
    private readonly StringBuilder drawn = new();

    /// <summary>Tries a property with the cases of seeds <paramref name="firstSeed"/>, firstSeed + 1, … and fails at the first that it does not hold for.</summary>
    internal static void ForAll(int firstSeed, Action<Case> property, int count = Count)
    {
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            Case drawn = new(seed);
            try
            {
                property(drawn);
            }
            catch (Exception failure)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"seed {seed}:{drawn.drawn}\n{failure}"));
            }
        }
    }

    /// <summary>Remembers an argument for the report of a failure.</summary>
    internal T Show<T>(string name, T value)
    {
        string text = value is System.Collections.IEnumerable many and not string
            ? $"[{string.Join(", ", many.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))}]"
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        drawn.Append(CultureInfo.InvariantCulture, $" {name} = {text};");
        return value;
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    internal int Int(string name, int low, int high) => Show(name, random.Next(low, high + 1));

    /// <summary>Heads or tails.</summary>
    internal bool Bool(string name) => Show(name, random.Next(2) == 1);

    /// <summary>One of several.</summary>
    internal T Pick<T>(string name, params T[] from) => Show(name, from[random.Next(from.Length)]);

    /// <summary>A shape of a rank from <paramref name="minRank"/> to <paramref name="maxRank"/>; now and then an axis is empty.</summary>
    internal Shape Shape(string name, int minRank = 0, int maxRank = 4, int maxSize = 5, bool empty = true)
    {
        int[] sizes = new int[random.Next(minRank, maxRank + 1)];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = empty && random.Next(20) == 0 ? 0 : 1 + random.Next(maxSize);
        }

        return Show(name, new Shape(sizes));
    }

    /// <summary>The numbers 0 … count - 1 in random order.</summary>
    internal int[] Order(string name, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return Show(name, order);
    }

    /// <summary>A tensor of numbers from U[-1, 1) or, for divisors, with magnitudes from U[0.5, 1.5); they follow from the seed and are not shown.</summary>
    internal Tensor Numbers(in Shape shape, bool awayFromZero = false)
    {
        Tensor tensor = Tensor.Empty(shape);
        foreach (ref float value in tensor.Span)
        {
            value = (random.NextSingle() * 2) - 1;
            value += awayFromZero ? MathF.CopySign(0.5f, value) : 0;
        }

        return tensor;
    }

    /// <summary>Different numbers, so that the largest one is one alone: a random order of 0 … length - 1.</summary>
    internal Tensor Different(in Shape shape)
    {
        int[] order = [.. Enumerable.Range(0, shape.ElementCount)];
        random.Shuffle(order);
        Tensor tensor = Tensor.Empty(shape);
        for (int i = 0; i < order.Length; i++)
        {
            tensor.Span[i] = order[i];
        }

        return tensor;
    }

    /// <summary>The request must be refused, and the message must name everything in <paramref name="named"/>: the operation, the shapes.</summary>
    internal void Refused(Action request, params string[] named)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(request);
        foreach (string word in named)
        {
            Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>As above for something that returns a value.</summary>
    internal void Refused<T>(Func<T> request, params string[] named) => Refused(() => { _ = request(); }, named);
}
