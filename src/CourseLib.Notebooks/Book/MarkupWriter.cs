using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CourseLib.Notebooks.Book;

/// <summary>
/// Collects a page. In <c>Add($"…")</c> the literal parts are HTML; of the holes, <see cref="Markup"/> goes in as it is, a string is escaped and
/// a number is written the same in every culture: a page cannot forget to escape.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a piece.</summary>
    public MarkupWriter Add([InterpolatedStringHandlerArgument("")] ref Piece piece) => piece.Into(this);

    /// <summary>Adds HTML.</summary>
    public MarkupWriter Add(Markup html)
    {
        text.Append(html.Value);
        return this;
    }

    /// <summary>What was collected.</summary>
    public Markup ToHtml() => new(text.ToString());

    public override string ToString() => text.ToString();

    /// <summary>One interpolated piece of HTML; it is appended while it is being interpolated.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Piece
    {
        private readonly StringBuilder text;

        public Piece(int literalLength, int formattedCount, MarkupWriter writer)
        {
            _ = literalLength + formattedCount;
            text = writer.text;
        }

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Markup html) => text.Append(html.Value);

        public void AppendFormatted(string? plain) => text.Append(Markup.Escape(plain));

        public void AppendFormatted(int number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

        internal MarkupWriter Into(MarkupWriter writer) => writer;
    }
}
