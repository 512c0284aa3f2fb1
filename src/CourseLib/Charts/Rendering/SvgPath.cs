using System.Text;

namespace CourseLib.Charts.Rendering;

/// <summary>The outline of an SVG path. Places far outside the picture are pulled to its surroundings: browsers lose precision there.</summary>
internal sealed class SvgPath
{
    private const double Far = 20000;

    private readonly StringBuilder text = new();

    public bool IsEmpty => text.Length == 0;

    public SvgPath MoveTo(double x, double y) => Add('M', x, y);

    public SvgPath LineTo(double x, double y) => Add('L', x, y);

    public SvgPath Close()
    {
        text.Append('Z');
        return this;
    }

    public override string ToString() => text.ToString();

    private SvgPath Add(char command, double x, double y)
    {
        text.Append(command).Append(SvgWriter.Number(Math.Clamp(x, -Far, Far))).Append(' ').Append(SvgWriter.Number(Math.Clamp(y, -Far, Far)));
        return this;
    }
}
