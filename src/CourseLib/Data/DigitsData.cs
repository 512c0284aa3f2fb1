using System.Globalization;
using CourseLib.Display;

namespace CourseLib.Data;

/// <summary>A set of digits to train and to test with, and where it comes from. Made by <see cref="Digits"/>.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class DigitsData
{
    internal DigitsData(Dataset train, Dataset test, string source, DigitsOrigin origin, IReadOnlyList<string> classNames)
    {
        Train = train;
        Test = test;
        Source = source;
        Origin = origin;
        ClassNames = classNames;
    }

    /// <summary>Items to train and validate with: inputs [N, 1, 28, 28] from 0 (paper) to 1 (ink), targets [N] from 0 to 9.</summary>
    public Dataset Train { get; }

    /// <summary>Items to test with, of the same shapes.</summary>
    public Dataset Test { get; }

    /// <summary>A sentence that says where the images come from and how they are divided.</summary>
    public string Source { get; }

    /// <summary>Where the images come from.</summary>
    public DigitsOrigin Origin { get; }

    /// <summary>True for the digits that the course ships.</summary>
    public bool IsShipped => Origin == DigitsOrigin.Shipped;

    /// <summary>What the ten labels mean.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The same images with mean 0 and standard deviation 1 over all training pixels; the test images get the training part's numbers.</summary>
    public DigitsData Standardized()
    {
        (float mean, float std) = (Train.InputMean, Train.InputStd);
        return With(Train.Standardized(mean, std), Test.Standardized(mean, std));
    }

    /// <summary>The first items of both parts.</summary>
    /// <param name="train">How many to train with, at most.</param>
    /// <param name="test">How many to test with, at most.</param>
    public DigitsData Take(int train, int test) => With(Train.Take(train), Test.Take(test));

    /// <summary>Source and counts.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source} Here: {Train.Count:N0} to train, {Test.Count:N0} to test.");

    /// <summary>The same as HTML.</summary>
    public string ToHtml() => $"<div class=\"courselib-data\">{Html.Escape(ToString())}</div>";

    private DigitsData With(Dataset train, Dataset test) => new(train, test, Source, Origin, ClassNames);
}

/// <summary>Where digits come from.</summary>
public enum DigitsOrigin
{
    /// <summary>Drawn by the course's own generator and carried by the library.</summary>
    Shipped,

    /// <summary>Fetched by <see cref="Downloader"/>.</summary>
    Downloaded,

    /// <summary>A folder that the user named.</summary>
    Folder,
}
