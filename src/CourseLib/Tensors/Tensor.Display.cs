using System.Globalization;
using System.Text;
using CourseLib.Display;

namespace CourseLib.Tensors;

/// <content>How a tensor shows itself.</content>
public readonly partial struct Tensor
{
    /// <summary>The shape and the numbers in aligned rows, cut in the middle where there are many.</summary>
    public override string ToString() => IsDefault ? "Tensor (none)" : IsReclaimed ? $"Tensor '{Name}' (reclaimed)" : TensorPrinter.Print(this);

    /// <summary>The tensor as HTML for a notebook: a table for vectors and matrices, with the range of all numbers in its caption; text for the rest.</summary>
    public string ToHtml()
    {
        if (IsDefault || IsReclaimed || Rank is 0 or > 2 || Length == 0)
        {
            return $"<pre class=\"courselib-tensor\">{Html.Escape(ToString())}</pre>";
        }

        StringBuilder html = new("<table class=\"courselib-tensor\" style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">");
        html.Append("<caption style=\"text-align:left;white-space:nowrap\">").Append(Html.Escape(Caption())).Append("</caption>");
        Func<float, string> format = TensorPrinter.Format(this);
        Tensor self = this;
        int columns = Shape[-1];
        foreach (int row in Rank == 1 ? [0] : TensorPrinter.Indices(this, 0))
        {
            html.Append("<tr>");
            foreach (int column in TensorPrinter.Indices(this, Rank - 1))
            {
                string cell = row < 0 || column < 0 ? "…" : format(self.Span[(row * columns) + column]);
                html.Append("<td style=\"text-align:right;padding:1px 6px\">").Append(cell).Append("</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    private string Caption()
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        foreach (float value in Span)
        {
            least = MathF.Min(least, value);
            most = MathF.Max(most, value);
        }

        return string.Create(CultureInfo.InvariantCulture, $"Tensor {Shape}, from {TensorPrinter.Number(least)} to {TensorPrinter.Number(most)}");
    }
}
