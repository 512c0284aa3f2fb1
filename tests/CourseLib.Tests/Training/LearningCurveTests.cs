using CourseLib.Kernels;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Curves drawn by formulas, each with the disease that it was drawn with, under noise too.</summary>
[Term("Learning curve")]
public class LearningCurveTests
{
    private const int Epochs = 24;

    private static readonly Dictionary<string, (LearningCurveVerdict Verdict, Func<int, double> Train, Func<int, double>? Validation)> Curves = new()
    {
        ["good"] = (LearningCurveVerdict.Good, i => 0.05 + (2.25 * Math.Exp(-i / 4.0)), i => 0.1 + (2.2 * Math.Exp(-i / 4.0))),
        ["good without validation"] = (LearningCurveVerdict.Good, i => 2.3 * Math.Exp(-i / 6.0), null),
        ["validation turns up"] = (LearningCurveVerdict.Overfitting, i => 2.3 * Math.Exp(-i / 4.0), i => (2.3 * Math.Exp(-i / 4.0)) + (0.04 * i)),
        ["validation stays far above"] = (LearningCurveVerdict.Overfitting, i => 2.3 * Math.Exp(-i / 4.0), i => 1.4 + (0.9 * Math.Exp(-i / 2.0))),
        ["comes to rest high"] = (LearningCurveVerdict.Underfitting, i => 1.5 + (0.8 * Math.Exp(-i / 3.0)), i => 1.55 + (0.8 * Math.Exp(-i / 3.0))),
        ["a straight line"] = (LearningCurveVerdict.RateTooLow, i => 2.3 - (0.03 * i), i => 2.32 - (0.03 * i)),
        ["a slow decay"] = (LearningCurveVerdict.RateTooLow, i => 2.3 * Math.Exp(-i / 60.0), null),
        ["ever more slowly"] = (LearningCurveVerdict.StillFalling, i => 0.8 + (1.5 * Math.Exp(-i / 10.0)), i => 0.9 + (1.5 * Math.Exp(-i / 10.0))),
        ["up and down"] = (LearningCurveVerdict.RateTooHigh, i => 1.2 + (1.1 * Math.Exp(-i / 2.0)) + (i % 2 == 0 ? 0.3 : -0.3), null),
        ["climbs"] = (LearningCurveVerdict.Diverged, i => 2.3 * Math.Exp(i / 10.0), null),
        ["stands still"] = (LearningCurveVerdict.Plateau, _ => 2.3, _ => 2.3),
    };

    public static TheoryData<string> Names => [.. Curves.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Overfitting")]
    [Term("Underfitting")]
    public void A_curve_is_named_also_under_noise(string name)
    {
        (LearningCurveVerdict verdict, Func<int, double> train, Func<int, double>? validation) = Curves[name];
        for (ulong seed = 0; seed < 100; seed++)
        {
            Generator generator = new(seed);
            double Noisy(double loss) => loss * (1 + (seed == 0 ? 0 : 0.005 * generator.NextNormal()));
            double[] losses = [.. Enumerable.Range(0, Epochs).Select(i => Noisy(train(i)))];
            double[]? validated = validation is null ? null : [.. Enumerable.Range(0, Epochs).Select(i => Noisy(validation(i)))];
            LearningCurveDiagnosis diagnosis = LearningCurve.Diagnose(losses, validated);
            Assert.True(verdict == diagnosis.Verdict, $"seed {seed}: {diagnosis}");
        }
    }

    [Fact]
    public void The_explanation_holds_the_numbers_that_the_name_rests_on()
    {
        double[] train = [2, 1.5, 1, 0.8, 0.6, 0.4, 0.3, 0.2];
        double[] validation = [2, 1.6, 1.2, 1, 1.1, 1.3, 1.5, 1.7];
        LearningCurveDiagnosis diagnosis = LearningCurve.Diagnose(train, validation);
        Assert.Equal((LearningCurveVerdict.Overfitting, 3, 1.0, 1.6), (diagnosis.Verdict, diagnosis.BestValidationAt, diagnosis.BestValidation, diagnosis.EndValidation));
        Assert.Equal((2, 0.25, 0.875), (diagnosis.Start, diagnosis.End, diagnosis.Fallen));
        Assert.Contains("least, 1, at point 4 of 8 and ended at 1.6, while the training loss fell from 0.8 to 0.25", diagnosis.Explanation, StringComparison.Ordinal);
        Assert.Contains("<b>Overfitting</b>", diagnosis.ToHtml(), StringComparison.Ordinal);
        Assert.StartsWith("Overfitting: ", diagnosis.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_that_threw_the_loss_up_counts_unless_it_came_down_again()
    {
        double[] stuck = [40, .. Enumerable.Repeat(2.3, 10)];
        Assert.Equal(LearningCurveVerdict.RateTooHigh, LearningCurve.Diagnose(stuck, start: 2.3).Verdict);
        Assert.Equal(LearningCurveVerdict.Plateau, LearningCurve.Diagnose(stuck[1..], start: 2.3).Verdict);
        double[] fine = [40, .. Enumerable.Range(0, 10).Select(i => 2.3 * Math.Exp(-i))];
        Assert.Equal(LearningCurveVerdict.Good, LearningCurve.Diagnose(fine, start: 2.3).Verdict);
    }

    [Fact]
    public void The_loss_that_can_be_reached_decides_what_is_low()
    {
        double[] noisyTargets = [.. Enumerable.Range(0, 20).Select(i => 1 + Math.Exp(-i / 2.0))];
        Assert.Equal(LearningCurveVerdict.Underfitting, LearningCurve.Diagnose(noisyTargets).Verdict);
        Assert.Equal(LearningCurveVerdict.Good, LearningCurve.Diagnose(noisyTargets, reachable: 1).Verdict);
    }

    [Fact]
    public void What_is_no_curve_is_said_to_be_none()
    {
        Assert.Equal(LearningCurveVerdict.TooShort, LearningCurve.Diagnose([1, 0.5]).Verdict);
        Assert.Equal(LearningCurveVerdict.TooShort, LearningCurve.Diagnose([]).Verdict);
        LearningCurveDiagnosis broken = LearningCurve.Diagnose([1, double.NaN]);
        Assert.Equal(LearningCurveVerdict.Diverged, broken.Verdict);
        Assert.Contains("NaN at point 2", broken.Explanation, StringComparison.Ordinal);
        Assert.Equal(LearningCurveVerdict.Good, LearningCurve.Diagnose([2, 1, 0.5, 0.2, 0.1, 0.1], [.. Enumerable.Repeat(double.NaN, 6)]).Verdict);
        Assert.Contains("6 points, got 1", Assert.Throws<ArgumentException>(() => LearningCurve.Diagnose([2, 1, 0.5, 0.2, 0.1, 0.1], [1])).Message, StringComparison.Ordinal);
    }
}
