using CourseLib.Display;

namespace CourseLib.Training;

/// <summary>What a learning curve looks like; the rules are those of <see cref="LearningCurve"/>.</summary>
public enum LearningCurveVerdict
{
    /// <summary>Too few points to say anything.</summary>
    TooShort,

    /// <summary>A loss is NaN or infinite, or ends well above where it began: the rate is far too high, or gradients explode.</summary>
    Diverged,

    /// <summary>The loss jumps up and down, or was thrown up and stayed there.</summary>
    RateTooHigh,

    /// <summary>The loss falls to the end nearly as fast as at the beginning, and has not come far.</summary>
    RateTooLow,

    /// <summary>The loss stands where it began: saturated or dead units, a symmetric start, vanishing gradients, or labels that have nothing to do with the inputs.</summary>
    Plateau,

    /// <summary>The training loss has come to rest high (недообучение): a larger model, better inputs, less regularization.</summary>
    Underfitting,

    /// <summary>The training loss falls on while the validation loss rises or stays far above (переобучение): more data, regularization, or an earlier stop.</summary>
    Overfitting,

    /// <summary>The loss falls ever more slowly but has not come to rest: train on.</summary>
    StillFalling,

    /// <summary>The training loss is low, and the validation loss, if there is one, is with it.</summary>
    Good,
}

/// <summary>A learning curve by name, with the numbers that the name rests on.</summary>
/// <param name="Verdict">The name.</param>
/// <param name="Explanation">Why, with numbers, and what to try.</param>
/// <param name="Start">The training loss at the start.</param>
/// <param name="End">The training loss at the end: the mean of the last quarter.</param>
/// <param name="Fallen">Which share of the way from the start to the loss that can be reached is behind: (Start - End) / (Start - reachable).</param>
/// <param name="LateShare">Which share of the whole fall the last third brought; a straight line has a third, a curve come to rest 0.</param>
/// <param name="Bounce">The mean change from point to point in the second half, up or down, in units of Start - reachable.</param>
/// <param name="BestValidationAt">The point, from 0, with the least validation loss; -1 without validation.</param>
/// <param name="BestValidation">That loss; NaN without validation.</param>
/// <param name="EndValidation">The validation loss at the end: the mean of the last quarter; NaN without validation.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record LearningCurveDiagnosis(
    LearningCurveVerdict Verdict,
    string Explanation,
    double Start,
    double End,
    double Fallen,
    double LateShare,
    double Bounce,
    int BestValidationAt,
    double BestValidation,
    double EndValidation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Verdict}: {Explanation}";

    /// <summary>The verdict and its reasons, for a notebook.</summary>
    public string ToHtml() => $"<div class=\"courselib-diagnosis\" data-verdict=\"{Verdict}\"><b>{Verdict}</b>: {Html.Escape(Explanation)}</div>";
}
