using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CourseLib.Notebooks.Book;

/// <summary>
/// Collects a page. In <c>Add($"…")</c> the literal parts are HTML; of the holes, <see cref="Html"/> goes in as it is, a string is escaped and
/// a number is written the same in every culture: a page cannot forget to escape.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a piece.</summary>
    public HtmlWriter Add([InterpolatedStringHandlerArgument("")] ref Piece piece) => piece.Into(this);

    /// <summary>Adds HTML.</summary>
    public HtmlWriter Add(Html html)
    {
        text.Append(html.Value);
        return this;
    }

    /// <summary>What was collected.</summary>
    public Html ToHtml() => new(text.ToString());

    public override string ToString() => text.ToString();

    /// <summary>One interpolated piece of HTML; it is appended while it is being interpolated.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Piece
    {
        private readonly StringBuilder text;

        public Piece(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = literalLength + formattedCount;
            text = writer.text;
        }

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html html) => text.Append(html.Value);

        public void AppendFormatted(string? plain) => text.Append(Html.Escape(plain));

        public void AppendFormatted(int number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

        internal HtmlWriter Into(HtmlWriter writer) => writer;
    }
}
