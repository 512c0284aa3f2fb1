using System.Text;
using Markdig.Parsers;
using Markdig.Syntax;

namespace CourseLib.Notebooks.Book.Prose;

/// <summary>A formula on lines of its own.</summary>
internal sealed class DisplayMath(BlockParser parser) : LeafBlock(parser)
{
    private readonly StringBuilder latex = new();

    /// <summary>The LaTeX between the dollar signs.</summary>
    public string Latex => latex.ToString().Trim();

    internal void Append(string line) => latex.Append(line).Append('\n');
}

/// <summary>
/// Reads <c>$$…$$</c> in every form that notebooks write it in: on one line, over several, the dollar signs on lines of their own or
/// beside the LaTeX. As a block of its own nothing inside is read as Markdown: no list starts at a line with "+ b", no heading at "= c".
/// </summary>
internal sealed class DisplayMathParser : BlockParser
{
    private const string Dollars = "$$";

    public DisplayMathParser() => OpeningCharacters = ['$'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        string line = processor.Line.ToString();
        if (processor.IsCodeIndent || !line.StartsWith(Dollars, StringComparison.Ordinal))
        {
            return BlockState.None;
        }

        string rest = line[Dollars.Length..];
        int end = rest.IndexOf(Dollars, StringComparison.Ordinal);
        if (end >= 0 && rest[(end + Dollars.Length)..].Trim().Length > 0)
        {
            return BlockState.None; // Text goes on after the formula: it belongs to a paragraph.
        }

        DisplayMath block = new(this) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) };
        block.Append(end >= 0 ? rest[..end] : rest);
        processor.NewBlocks.Push(block);
        return end >= 0 ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        DisplayMath math = (DisplayMath)block;
        string line = processor.Line.ToString();
        math.UpdateSpanEnd(processor.Line.End);
        int end = line.IndexOf(Dollars, StringComparison.Ordinal);

        math.Append(end < 0 ? line : line[..end].TrimEnd() + Closing(line[(end + Dollars.Length)..].Trim()));
        return end < 0 ? BlockState.ContinueDiscard : BlockState.BreakDiscard;
    }

    /// <summary>What follows the closing dollars is the sentence's: a full stop or a comma stands at the formula's end, words stand there as words.</summary>
    private static string Closing(string rest) => rest.Length <= 1 ? rest : $"\\quad\\text{{{rest}}}";
}
