using System.Globalization;
using CourseLib.Charts;
using CourseLib.Display;
using CourseLib.Training;

namespace CourseLib.Interactive.Live;

/// <summary>A training as it is at one moment: a progress bar and the loss so far.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class TrainingPicture
{
    private const int MostPoints = 300;

    // The picture's inks are for a light ground, and the page may be dark.
    private const string Ground = "width:fit-content;max-width:100%;overflow-x:auto;background:#ffffff;border-radius:6px";

    private readonly string html;

    internal TrainingPicture(History history, TrainingStep last, int training, bool isOver) =>
        html = $"<div class=\"courselib-training\">{Bar(history, last, training, isOver)}<div style=\"{Ground}\">{Losses(history, last).ToSvg()}</div></div>";

    /// <summary>The bar, its text and the static picture of the chart: one that a script draws would flicker with every change.</summary>
    public string ToHtml() => html;

    private static string Bar(History history, TrainingStep last, int training, bool isOver)
    {
        string name = training > 1 ? string.Create(CultureInfo.InvariantCulture, $"Training {training}") : "Training";
        string state = !isOver ? "" : history.WasStopped ? ", stopped" : last.Step < last.Steps ? ", ended" : ", done";
        string text = string.Create(CultureInfo.InvariantCulture, $"{name}: epoch {last.Epoch} of {last.Epochs}, step {last.Step} of {last.Steps}, loss {Readable.Number(last.Loss)}{state}");
        return string.Create(CultureInfo.InvariantCulture, $"<label style=\"display:block\"><progress max=\"{last.Steps}\" value=\"{last.Step}\" style=\"width:16em;max-width:100%\"></progress> {Html.Escape(text)}</label>");
    }

    private static Figure Losses(History history, TrainingStep last)
    {
        double perEpoch = Math.Max(1, (double)last.Steps / Math.Max(1, last.Epochs));
        IReadOnlyList<float> losses = history.StepLosses;
        int stride = Math.Max(1, (losses.Count + MostPoints - 1) / MostPoints);
        (double Epoch, double Loss)[] points = [.. losses.Chunk(stride).Select((chunk, i) => (((i * stride) + ((chunk.Length + 1) / 2.0)) / perEpoch, (double)chunk.Average()))];
        Figure figure = Chart.Line(Values.Of(points.Select(point => point.Epoch)), Values.Of(points.Select(point => point.Loss)), stride == 1 ? "batches" : string.Create(CultureInfo.InvariantCulture, $"mean of {stride} batches"))
            .Size(720, 260).XAxis("epoch", min: 0, max: Math.Max(1, last.Epochs)).YAxis("loss");
        TrainingEpoch[] validated = [.. history.Epochs.Where(epoch => epoch.Validation is not null)];
        return validated.Length == 0
            ? figure
            : figure.Add(Chart.Line(Values.Of(validated.Select(epoch => (double)epoch.Epoch)), Values.Of(validated.Select(epoch => epoch.Validation!.Value.Loss)), "validation", markers: true));
    }
}
