using System.Globalization;
using System.Text;
using CourseLib.Charts.Layout;
using CourseLib.Display;

namespace CourseLib.Charts.Rendering;

/// <summary>Writes SVG elements: escaped, invariant culture, hundredths of a pixel. No element needs an id.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) is "-0" ? "0" : value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Raw(string markup) => _text.Append(markup);

    public void Element(string name, string text) => _text.Append('<').Append(name).Append('>').Append(Html.Escape(text)).Append("</").Append(name).Append('>');

    /// <summary>Opens a nested picture that cuts off what leaves the box; coordinates inside stay those of the whole figure.</summary>
    public void OpenClip(Box box) => _text.Append($"<svg x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" viewBox=\"{Number(box.Left)} {Number(box.Top)} {Number(box.Width)} {Number(box.Height)}\" overflow=\"hidden\">");

    public void CloseClip() => _text.Append("</svg>");

    public void Stroke(SvgPath path, string color, double width, string? dash = null)
    {
        if (!path.IsEmpty)
        {
            _text.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{Number(width)}\" stroke-linejoin=\"round\" stroke-linecap=\"{(dash is null ? "round" : "butt")}\"");
            _text.Append(dash is null ? "" : $" stroke-dasharray=\"{dash}\"").Append("/>");
        }
    }

    public void Fill(SvgPath path, string color, double opacity = 1)
    {
        if (!path.IsEmpty)
        {
            _text.Append($"<path d=\"{path}\" fill=\"{color}\"").Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append("/>");
        }
    }

    /// <summary>Discs, each by itself, so that translucent ones add up where they overlap.</summary>
    public void Discs(IEnumerable<(double X, double Y)> middles, string color, double diameter, double opacity)
    {
        _text.Append($"<g fill=\"{color}\"").Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append('>');
        foreach (var (x, y) in middles)
        {
            _text.Append($"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(diameter / 2)}\"/>");
        }

        _text.Append("</g>");
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string? dash = null)
    {
        _text.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{color}\" stroke-width=\"{Number(width)}\"");
        _text.Append(dash is null ? "" : $" stroke-dasharray=\"{dash}\"").Append("/>");
    }

    public void Rect(double x, double y, double width, double height, string color, double opacity = 1, string? stroke = null)
    {
        _text.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Math.Max(0, width))}\" height=\"{Number(Math.Max(0, height))}\" fill=\"{color}\"");
        _text.Append(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : "").Append(stroke is null ? "" : $" stroke=\"{stroke}\" stroke-width=\"0.5\"").Append("/>");
    }

    /// <summary>An embedded picture stretched over a box; a crisp one shows its pixels as sharp squares.</summary>
    public void Image(Box box, string dataUri, bool crisp = true)
    {
        _text.Append($"<image x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" preserveAspectRatio=\"none\"");
        _text.Append(crisp ? " style=\"image-rendering:pixelated\"" : "").Append($" href=\"{dataUri}\"/>");
    }

    public void Text(double x, double y, string text, double size, string anchor = "start", string color = Scene.TextColor, bool bold = false, double angle = 0, bool halo = false)
    {
        if (text.Length == 0)
        {
            return;
        }

        _text.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(size)}\" fill=\"{color}\"");
        _text.Append(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"").Append(bold ? " font-weight=\"600\"" : "");
        _text.Append(angle == 0 ? "" : $" transform=\"rotate({Number(angle)} {Number(x)} {Number(y)})\"");
        _text.Append(halo ? $" stroke=\"{Scene.Paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : "");
        _text.Append('>').Append(Html.Escape(text)).Append("</text>");
    }

    public override string ToString() => _text.ToString();
}
