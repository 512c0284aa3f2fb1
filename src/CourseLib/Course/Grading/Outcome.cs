using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using CourseLib.Tensors;

namespace CourseLib.Course.Grading;

/// <summary>What an answer gave for one case, made comparable: parts with a shape and numbers. A tuple or a list of tensors has a part for each.</summary>
internal sealed record Outcome(IReadOnlyList<Outcome.Part> Parts)
{
    /// <summary>One array of numbers.</summary>
    /// <param name="Name">Which element of a tuple or list; empty where there is one part.</param>
    /// <param name="Shape">The lengths of its dimensions; none for a number.</param>
    /// <param name="Numbers">Row by row.</param>
    internal sealed record Part(string Name, int[] Shape, double[] Numbers);

    /// <summary>Reads what a learner's code returned.</summary>
    /// <exception cref="WrongKindException">It is null, or nothing that can be compared.</exception>
    public static Outcome Of(object? value) => value switch
    {
        ITuple tuple => Several(Enumerable.Range(0, tuple.Length).Select(i => tuple[i])),
        IEnumerable<Tensor> tensors => Several(tensors.Cast<object?>()),
        _ => new([PartOf(value, "")]),
    };

    private static Outcome Several(IEnumerable<object?> items) => new([.. items.Select((item, i) => PartOf(item, FormattableString.Invariant($"part {i + 1}")))]);

    private static Part PartOf(object? value, string name) => value switch
    {
        Tensor tensor => new(name, [.. tensor.Shape.ToArray()], [.. tensor.ToArray().Select(number => (double)number)]),
        bool truth => new(name, [], [truth ? 1 : 0]),
        double or float or int or long => new(name, [], [Convert.ToDouble(value, CultureInfo.InvariantCulture)]),
        Array array when array.GetType().GetElementType()!.IsPrimitive => new(name, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)], [.. array.Cast<object>().Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture))]),
        IEnumerable<double> numbers => Row(name, numbers),
        IEnumerable<float> numbers => Row(name, numbers.Select(number => (double)number)),
        IEnumerable<int> numbers => Row(name, numbers.Select(number => (double)number)),
        IEnumerable<bool> truths => Row(name, truths.Select(truth => truth ? 1.0 : 0)),
        null => throw new WrongKindException("it is null"),
        _ => throw new WrongKindException($"it is a {value.GetType().Name}, where a Tensor, a number or numbers were expected"),
    };

    private static Part Row(string name, IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        return new(name, [all.Length], all);
    }
}

/// <summary>What came back is nothing that can be compared.</summary>
/// <param name="message">Why, as the end of a sentence that begins with what gave it.</param>
internal sealed class WrongKindException(string message) : Exception(message);
