using System.Globalization;
using System.Text;
using CourseLib.Charts.Layout;
using CourseLib.Display;

namespace CourseLib.Charts.Rendering;

/// <summary>Writes SVG elements: escaped, invariant culture, hundredths of a pixel. No element needs an id.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder text = new();

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) is "-0" ? "0" : value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Raw(string markup) => text.Append(markup);

    public void Element(string name, string text) => this.text.Append('<').Append(name).Append('>').Append(Html.Escape(text)).Append("</").Append(name).Append('>');

    /// <summary>Opens a nested picture that cuts off what leaves the box; coordinates inside stay those of the whole figure.</summary>
    public void OpenClip(Box box) => text.Append($"<svg x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" viewBox=\"{Number(box.Left)} {Number(box.Top)} {Number(box.Width)} {Number(box.Height)}\" overflow=\"hidden\">");

    public void CloseClip() => text.Append("</svg>");

    public void Stroke(SvgPath path, string color, double width, string? dash = null)
    {
        if (!path.IsEmpty)
        {
            text.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{Number(width)}\" stroke-linejoin=\"round\" stroke-linecap=\"{(dash is null ? "round" : "butt")}\"");
            text.Append(dash is null ? "" : $" stroke-dasharray=\"{dash}\"").Append("/>");
        }
    }

    public void Fill(SvgPath path, string color, double opacity = 1)
    {
        if (!path.IsEmpty)
        {
            text.Append($"<path d=\"{path}\" fill=\"{color}\"").Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append("/>");
        }
    }

    /// <summary>Discs, each by itself, so that translucent ones add up where they overlap.</summary>
    public void Discs(IEnumerable<(double X, double Y)> middles, string color, double diameter, double opacity)
    {
        text.Append($"<g fill=\"{color}\"").Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append('>');
        foreach ((double x, double y) in middles)
        {
            text.Append($"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(diameter / 2)}\"/>");
        }

        text.Append("</g>");
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string? dash = null)
    {
        text.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{color}\" stroke-width=\"{Number(width)}\"");
        text.Append(dash is null ? "" : $" stroke-dasharray=\"{dash}\"").Append("/>");
    }

    public void Rect(double x, double y, double width, double height, string color, double opacity = 1, string? stroke = null)
    {
        text.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Math.Max(0, width))}\" height=\"{Number(Math.Max(0, height))}\" fill=\"{color}\"");
        text.Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append(stroke is null ? "" : $" stroke=\"{stroke}\" stroke-width=\"0.5\"").Append("/>");
    }

    /// <summary>An embedded picture stretched over a box; a crisp one shows its pixels as sharp squares.</summary>
    public void Image(Box box, string dataUri, bool crisp = true)
    {
        text.Append($"<image x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" preserveAspectRatio=\"none\"");
        text.Append(crisp ? " style=\"image-rendering:pixelated\"" : "").Append($" href=\"{dataUri}\"/>");
    }

    public void Text(double x, double y, string text, double size, string anchor = "start", string color = Scene.TextColor, bool bold = false, double angle = 0, bool halo = false)
    {
        if (text.Length == 0)
        {
            return;
        }

        this.text.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(size)}\" fill=\"{color}\"");
        this.text.Append(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"").Append(bold ? " font-weight=\"600\"" : "");
        this.text.Append(angle == 0 ? "" : $" transform=\"rotate({Number(angle)} {Number(x)} {Number(y)})\"");
        this.text.Append(halo ? $" stroke=\"{Scene.Paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : "");
        this.text.Append('>').Append(Html.Escape(text)).Append("</text>");
    }

    public override string ToString() => text.ToString();
}
