using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>How far a measured number may be from the expected one. A plain number is an absolute margin.</summary>
public readonly record struct Margin
{
    private readonly double size;
    private readonly bool relative;

    private Margin(double size, bool relative)
    {
        if (!(size >= 0) || double.IsInfinity(size))
        {
            throw new ArgumentOutOfRangeException(nameof(size), $"Margin: expected a finite number that is not negative, got {Readable.Number(size)}");
        }

        this.size = size;
        this.relative = relative;
    }

    /// <summary>|measured - expected| ≤ size.</summary>
    public static Margin Absolute(double size) => new(size, relative: false);

    /// <summary>|measured - expected| ≤ share · |expected|: 0.01 allows one percent.</summary>
    public static Margin Relative(double share) => new(share, relative: true);

    /// <summary>A number is an absolute margin.</summary>
    public static implicit operator Margin(double size) => Absolute(size);

    /// <summary>Whether the two numbers are this close. NaN is close to nothing; infinity only to itself.</summary>
    public bool Admits(double expected, double measured) =>
        expected == measured || Math.Abs(measured - expected) <= (relative ? size * Math.Abs(expected) : size) && double.IsFinite(measured) && double.IsFinite(expected);

    /// <summary><c>± 0.01</c> or <c>± 1%</c>.</summary>
    public override string ToString() => relative && size >= 1e-4 ? $"± {Readable.Number(size * 100)}%" : relative ? $"± {Readable.Number(size)} relative" : $"± {Readable.Number(size)}";
}
