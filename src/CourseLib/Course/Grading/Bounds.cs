using CourseLib.Display;

namespace CourseLib.Course.Grading;

/// <summary>A case of which many answers are right, such as a repaired network: what they lead to has to lie between two bounds.</summary>
/// <typeparam name="T">The kind of answer: a delegate.</typeparam>
/// <param name="name">What is asked.</param>
/// <param name="what">What is measured, in words.</param>
/// <param name="measure">Measures it.</param>
/// <param name="atLeast">The least number that will do.</param>
/// <param name="atMost">The greatest.</param>
internal sealed class Bounds<T>(string name, string what, Func<T, double> measure, double atLeast = double.NegativeInfinity, double atMost = double.PositiveInfinity)
    : Case<T>(name, answer => measure(answer))
{
    public override bool IsExact => false;

    public override Difference? Judge(Outcome expected, Outcome got)
    {
        double number = got.Parts[0].Numbers[0];
        return number >= atLeast && number <= atMost ? null : new($"{what} is {Readable.Number(number)}, expected {Words}", "");
    }

    // A signal that is gone and one that is nearly gone are different ideas: only the ratio counts.
    protected override bool Same(Outcome one, Outcome other)
    {
        (double first, double second) = (one.Parts[0].Numbers[0], other.Parts[0].Numbers[0]);
        return first.Equals(second) || Math.Abs(first - second) <= Tolerance * Math.Max(Math.Abs(first), Math.Abs(second));
    }

    private string Words => double.IsInfinity(atLeast) ? $"at most {Readable.Number(atMost)}"
        : double.IsInfinity(atMost) ? $"at least {Readable.Number(atLeast)}"
        : $"{Readable.Number(atLeast)} to {Readable.Number(atMost)}";
}
