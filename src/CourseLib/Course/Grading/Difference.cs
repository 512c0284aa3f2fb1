using CourseLib.Display;

namespace CourseLib.Course.Grading;

/// <summary>Where an outcome first differs from the expected one.</summary>
/// <param name="Text">The place, what was expected and what was got, in one sentence.</param>
/// <param name="Pattern">What all the numbers have in common, such as a constant factor; empty where nothing was seen.</param>
internal sealed record Difference(string Text, string Pattern)
{
    /// <summary>The first difference, or null where the two agree.</summary>
    /// <param name="expected">The reference's outcome.</param>
    /// <param name="got">The learner's.</param>
    /// <param name="tolerance">How far two numbers may be apart, in parts of the largest expected magnitude of their part.</param>
    public static Difference? Between(Outcome expected, Outcome got, double tolerance)
    {
        if (expected.Parts.Count != got.Parts.Count)
        {
            return new($"expected {Count(expected.Parts.Count)}, got {Count(got.Parts.Count)}", "");
        }

        return expected.Parts.Zip(got.Parts, (wanted, have) => OfPart(wanted, have, tolerance)).FirstOrDefault(difference => difference is not null);
    }

    private static Difference? OfPart(Outcome.Part expected, Outcome.Part got, double tolerance)
    {
        string of = expected.Name.Length > 0 ? $"{expected.Name}: " : "";
        if (!expected.Shape.SequenceEqual(got.Shape) && expected.Numbers.Length != got.Numbers.Length || expected.Shape.Length > 1 && !expected.Shape.SequenceEqual(got.Shape))
        {
            return new($"{of}expected {Shape(expected.Shape)}, got {Shape(got.Shape)}", "");
        }

        double margin = tolerance * Math.Max(expected.Numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-6);
        for (int i = 0; i < expected.Numbers.Length; i++)
        {
            (double wanted, double have) = (expected.Numbers[i], got.Numbers[i]);
            if (wanted.Equals(have) || Math.Abs(wanted - have) <= margin)
            {
                continue;
            }

            string place = expected.Shape.Length == 0 ? "" : $"at {Index(i, expected.Shape)} ";
            return new($"{of}{place}expected {Readable.Number(wanted, 6)}, got {Readable.Number(have, 6)}", PatternOf(expected.Numbers, got.Numbers, margin));
        }

        return null;
    }

    // One number alone shows no pattern: any two numbers have a ratio.
    private static string PatternOf(double[] expected, double[] got, double margin)
    {
        if (got.Any(number => !double.IsFinite(number)))
        {
            int bad = got.Count(number => !double.IsFinite(number));
            return FormattableString.Invariant($"{bad} of {got.Length} numbers are NaN or infinite");
        }

        int largest = expected.Index().MaxBy(pair => Math.Abs(pair.Item)).Index;
        if (expected.Length < 2 || expected[largest] == 0)
        {
            return "";
        }

        double factor = got[largest] / expected[largest], offset = got[0] - expected[0];
        if (got.All(number => number == 0))
        {
            return "every number is 0";
        }

        if (expected.Zip(got).All(pair => Math.Abs(pair.Second - (factor * pair.First)) <= margin * Math.Max(1, Math.Abs(factor))))
        {
            return $"every number is {Readable.Number(factor)} times the expected one";
        }

        return expected.Zip(got).All(pair => Math.Abs(pair.Second - pair.First - offset) <= margin) ? $"every number is {Readable.Number(Math.Abs(offset))} too {(offset > 0 ? "large" : "small")}" : "";
    }

    private static string Count(int parts) => parts == 1 ? "one value" : FormattableString.Invariant($"{parts} values");

    private static string Shape(int[] shape) => shape.Length == 0 ? "a number" : $"shape {Index(shape)}";

    private static string Index(int place, int[] shape)
    {
        int[] index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            (place, index[axis]) = Math.DivRem(place, shape[axis]);
        }

        return Index(index);
    }

    private static string Index(int[] numbers) => $"[{string.Join(", ", numbers.Select(number => Readable.Number(number)))}]";
}
