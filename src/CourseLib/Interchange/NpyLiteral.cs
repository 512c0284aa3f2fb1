using System.Text;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>
/// Parses the one dictionary that a <c>.npy</c> header may hold. NumPy writes it as a Python literal; here it is no Python: three keys, each once, a
/// quoted type, True or False, a tuple of integers, and nothing else gets past the first wrong character.
/// </summary>
internal ref struct NpyLiteral
{
    private readonly ReadOnlySpan<byte> text;
    private readonly string where;
    private int position;

    private NpyLiteral(ReadOnlySpan<byte> text, string where)
    {
        this.text = text;
        this.where = where;
    }

    internal static NpyHeader Parse(ReadOnlySpan<byte> text, long dataBytes, string where)
    {
        NpyLiteral literal = new(text, where);
        return literal.Header(dataBytes);
    }

    private NpyHeader Header(long dataBytes)
    {
        string? descr = null;
        bool? fortran = null;
        Shape? shape = null;
        Require('{', "a dictionary");
        while (!Accept('}'))
        {
            int start = position;
            string key = Quoted("a key");
            Require(':', "':' after a key");
            switch (key)
            {
                case "descr" when descr is null:
                    descr = Quoted("a quoted type; structured types are not read");
                    break;
                case "fortran_order" when fortran is null:
                    fortran = Boolean();
                    break;
                case "shape" when shape is null:
                    shape = Sizes();
                    break;
                default:
                    position = start;
                    throw Wrong("the keys 'descr', 'fortran_order' and 'shape', each once");
            }

            if (!Accept(','))
            {
                Require('}', "',' or '}'");
                break;
            }
        }

        Spaces();
        if (position < text.Length)
        {
            throw Wrong("nothing after the dictionary");
        }

        if (descr is null || fortran is null || shape is null)
        {
            throw new InterchangeException($"{where}: header: '{(descr is null ? "descr" : fortran is null ? "fortran_order" : "shape")}' is missing; expected 'descr', 'fortran_order' and 'shape'.");
        }

        (ElementType type, bool bigEndian) = NpyHeader.TypeOf(descr, where);
        return new NpyHeader(type, bigEndian, fortran.Value, shape.Value, dataBytes);
    }

    /// <summary>A text in quotes of either kind; of printable ASCII and without escapes, for no key or type needs any.</summary>
    private string Quoted(string expected)
    {
        Spaces();
        if (position == text.Length || text[position] is not ((byte)'\'' or (byte)'"'))
        {
            throw Wrong(expected);
        }

        int start = position + 1;
        int length = text[start..].IndexOf(text[position]);
        if (length is < 0 or > 60 || text.Slice(start, length).ContainsAnyExceptInRange((byte)' ', (byte)'~') || text.Slice(start, length).Contains((byte)'\\'))
        {
            throw Wrong("a short text in quotes");
        }

        position = start + length + 1;
        return Encoding.ASCII.GetString(text.Slice(start, length));
    }

    private bool Boolean()
    {
        Spaces();
        foreach (bool value in (ReadOnlySpan<bool>)[false, true])
        {
            ReadOnlySpan<byte> word = value ? "True"u8 : "False"u8;
            if (text[position..].StartsWith(word))
            {
                position += word.Length;
                return value;
            }
        }

        throw Wrong("True or False");
    }

    /// <summary>A tuple: (), (3,), (3, 4) or (3, 4,), but not (3), which is a number in brackets.</summary>
    private Shape Sizes()
    {
        Span<long> sizes = stackalloc long[Shape.MaxRank];
        int count = 0;
        bool comma = true;
        Require('(', "a tuple of integers");
        while (!Accept(')'))
        {
            if (!comma || count == sizes.Length)
            {
                throw Wrong(comma ? $"at most {Shape.MaxRank} sizes" : "',' or ')'");
            }

            sizes[count++] = Integer();
            comma = Accept(',');
        }

        if (count == 1 && !comma)
        {
            throw Wrong("a comma in a tuple of one");
        }

        return FileShape.Check(sizes[..count], where);
    }

    private long Integer()
    {
        Spaces();
        int start = position;
        long value = 0;
        while (position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9' && position - start < 18)
        {
            value = (10 * value) + (text[position++] - '0');
        }

        return position > start ? value : throw Wrong("an integer from 0 on");
    }

    private void Require(char token, string expected)
    {
        if (!Accept(token))
        {
            throw Wrong(expected);
        }
    }

    private bool Accept(char token)
    {
        Spaces();
        bool found = position < text.Length && text[position] == token;
        position += found ? 1 : 0;
        return found;
    }

    private void Spaces()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n')
        {
            position++;
        }
    }

    private readonly InterchangeException Wrong(string expected)
    {
        ReadOnlySpan<byte> rest = text[position..];
        string found = rest.IsEmpty ? "its end" : $"\"{Excerpt.Of(Encoding.Latin1.GetString(rest[..Math.Min(rest.Length, 40)]).TrimEnd())}\"";
        return new($"{where}: header: expected {expected} at character {position}, found {found}.");
    }
}
