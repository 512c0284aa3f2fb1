using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>
/// The header of a safetensors file, checked: its length against the file's, every field of every entry, and that the tensors cover the rest of the file
/// with no overlap and no hole, so that no byte is read twice and none is smuggled.
/// </summary>
/// <param name="Entries">The tensors, in the header's order.</param>
/// <param name="Metadata">The texts.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    internal const string MetadataName = "__metadata__";

    // Deeper JSON than header, entry, list is refused by the parser itself, before it can cost anything.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 3, AllowDuplicateProperties = false };

    /// <summary>Reads the header; the stream is left where the numbers begin.</summary>
    internal static SafeTensorsHeader Read(Stream stream, string name)
    {
        long available = stream.Length - stream.Position;
        Span<byte> prefix = stackalloc byte[8];
        int got = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (got < prefix.Length)
        {
            throw new InterchangeException($"{name}: the file has {got} bytes; expected a safetensors file, which begins with 8 for the header's length.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long rest = available - prefix.Length;
        if (length > (ulong)rest || length > SafeTensors.MaxHeaderBytes)
        {
            throw new InterchangeException($"{name}: header length: the first 8 bytes say {length}; expected at most {Math.Min(rest, SafeTensors.MaxHeaderBytes)} in a file of {available} bytes. It is truncated or no safetensors file.");
        }

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return Parse(json, rest - json.Length, name);
    }

    private static SafeTensorsHeader Parse(byte[] json, long dataBytes, string name)
    {
        if (json.Length == 0 || json[0] != '{' || !Utf8.IsValid(json))
        {
            throw new InterchangeException($"{name}: header: expected {json.Length} bytes of JSON in UTF-8 that begin with '{{'; found {(json.Length == 0 ? "none" : json[0] == '{' ? "bytes that are not UTF-8" : $"0x{json[0]:X2} first")}.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            List<SafeTensorsEntry> entries = [];
            Dictionary<string, string> metadata = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataName))
                {
                    metadata = ReadMetadata(property.Value, name);
                }
                else
                {
                    entries.Add(ReadEntry(property, SafeTensorsEntry.Place(name, property.Name)));
                }
            }

            RequireCover(entries, dataBytes, name);
            return new SafeTensorsHeader(entries, metadata);
        }
        catch (JsonException error)
        {
            string reason = error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
            throw new InterchangeException($"{name}: header: expected JSON objects without duplicates, at most 3 deep; found otherwise at byte {error.BytePositionInLine}: {Excerpt.Of(reason)}", error);
        }
        catch (InvalidOperationException error)
        {
            // JSON may escape half a surrogate pair, text may not hold one.
            throw new InterchangeException($"{name}: header: a name or text is no valid Unicode.", error);
        }
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement value, string name)
    {
        Dictionary<string, string> texts = [];
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new InterchangeException($"{name}: {MetadataName}: expected an object of texts, found {Describe(value)}.");
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            texts.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw new InterchangeException($"{name}: {MetadataName}.{Excerpt.Of(property.Name)}: expected a text, found {Describe(property.Value)}."));
        }

        return texts;
    }

    private static SafeTensorsEntry ReadEntry(JsonProperty property, string where)
    {
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 3
            || !value.TryGetProperty("dtype", out JsonElement dtype) || !value.TryGetProperty("shape", out JsonElement shape) || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw new InterchangeException($"{where}: expected an object with dtype, shape and data_offsets and nothing else, found {Describe(value)}.");
        }

        ElementType type = ReadType(dtype, where);
        Shape size = FileShape.Check(Integers(shape, "shape", where), where);
        long[] range = Integers(offsets, "data_offsets", where);
        if (range.Length != 2 || range[0] < 0 || range[1] < range[0])
        {
            throw new InterchangeException($"{where}: data_offsets: expected [begin, end] with 0 <= begin <= end, found {Describe(offsets)}.");
        }

        long expected = (long)Elements.SizeOf(type) * size.ElementCount;
        return range[1] - range[0] == expected
            ? new SafeTensorsEntry(property.Name, type, size, range[0], range[1])
            : throw new InterchangeException($"{where}: data_offsets: {Describe(offsets)} are {range[1] - range[0]} bytes; expected {expected} for {dtype.GetString()} {size}.");
    }

    private static ElementType ReadType(JsonElement dtype, string where) => dtype.ValueKind != JsonValueKind.String ? throw WrongType(dtype, where) : dtype.GetString() switch
    {
        "BOOL" => ElementType.Bool,
        "U8" => ElementType.UInt8,
        "I8" => ElementType.Int8,
        "U16" => ElementType.UInt16,
        "I16" => ElementType.Int16,
        "U32" => ElementType.UInt32,
        "I32" => ElementType.Int32,
        "U64" => ElementType.UInt64,
        "I64" => ElementType.Int64,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "F32" => ElementType.Float32,
        "F64" => ElementType.Float64,
        _ => throw WrongType(dtype, where),
    };

    private static InterchangeException WrongType(JsonElement dtype, string where) =>
        new($"{where}: dtype: expected F32, F64, F16, BF16, BOOL or an integer type (U8, I8 ... I64), found {Describe(dtype)}.");

    private static long[] Integers(JsonElement list, string field, string where)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new InterchangeException($"{where}: {field}: expected a list of integers, found {Describe(list)}.");
        }

        long[] numbers = new long[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i++]))
            {
                throw new InterchangeException($"{where}: {field}: expected integers of 64 bits, found {Describe(item)}.");
            }
        }

        return numbers;
    }

    /// <summary>Tensors must follow each other without overlap or hole, from the end of the header to the end of the file.</summary>
    private static void RequireCover(List<SafeTensorsEntry> entries, long dataBytes, string name)
    {
        long covered = 0;
        foreach (SafeTensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                throw new InterchangeException($"{SafeTensorsEntry.Place(name, entry.Name)}: data_offsets: it begins at byte {entry.Begin}; expected {covered}, where the tensor before it ends: tensors must neither overlap nor leave holes.");
            }

            covered = entry.End;
        }

        if (covered != dataBytes)
        {
            throw new InterchangeException($"{name}: data_offsets: the tensors take {covered} bytes, and the file has {dataBytes} after its header; {(covered > dataBytes ? "it is truncated" : "something follows the tensors")}.");
        }
    }

    private static string Describe(JsonElement value) => Excerpt.Of(value.GetRawText());
}
