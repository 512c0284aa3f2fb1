using System.Collections;
using System.Runtime.CompilerServices;
using CourseLib.Display;
using CourseLib.Tensors;

namespace CourseLib.Course;

/// <summary>Collects several checks under one claim; made by <see cref="Claim.For"/>, ended by <see cref="Verdict"/>.</summary>
public sealed class ClaimBuilder
{
    private readonly string id;
    private readonly List<Check> checks = [];

    internal ClaimBuilder(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        this.id = id;
    }

    /// <summary>Adds the comparison of two numbers; see <see cref="Claim.Close"/>.</summary>
    public ClaimBuilder Close(string what, double expected, double measured, Margin margin, double control, string controlIs)
    {
        Named(what, controlIs);
        checks.Add(new Check(what, Readable.Number(expected, 7), Readable.Number(measured, 7), margin.ToString(), Readable.Number(control, 7), controlIs,
            margin.Admits(expected, measured), !margin.Admits(expected, control)));
        return this;
    }

    /// <summary>Adds a predicate; see <see cref="Claim.Holds"/>.</summary>
    public ClaimBuilder Holds<T>(string statement, T measured, Func<T, bool> predicate, T control, string controlIs, string? expected = null)
    {
        Named(statement, controlIs);
        ArgumentNullException.ThrowIfNull(predicate);
        checks.Add(new Check(statement, expected ?? statement, Readable.Value(measured), "", Readable.Value(control), controlIs,
            !HasNaN(measured) && predicate(measured), !predicate(control)));
        return this;
    }

    /// <summary>The claim with all its checks. It holds when each check holds and each control fails.</summary>
    /// <exception cref="InvalidOperationException">No check was added.</exception>
    public Claim Verdict() => checks.Count > 0
        ? new Claim(id, [.. checks])
        : throw new InvalidOperationException($"Claim.For(\"{id}\"): no check was added; expected .Close(…) or .Holds(…) before .Verdict()");

    private void Named(string statement, string controlIs)
    {
        if (string.IsNullOrWhiteSpace(statement) || string.IsNullOrWhiteSpace(controlIs))
        {
            throw new ArgumentException($"Claim \"{id}\": expected words for what is compared and for what the control is, got \"{statement}\" and \"{controlIs}\"");
        }
    }

    // NaN makes comparisons such as !(x > 1) true by accident, so nothing measured with a NaN in it satisfies a predicate. The control gets
    // no such help: NaN as the control of a predicate that is always true proves nothing.
    private static bool HasNaN(object? value) => value switch
    {
        double number => double.IsNaN(number),
        float number => float.IsNaN(number),
        string => false,
        Tensor tensor => tensor.ToArray().Any(float.IsNaN),
        ITuple tuple => Enumerable.Range(0, tuple.Length).Any(i => HasNaN(tuple[i])),
        IEnumerable items => items.Cast<object?>().Any(HasNaN),
        _ => false,
    };
}
