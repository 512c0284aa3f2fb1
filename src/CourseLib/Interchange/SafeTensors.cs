using System.Buffers.Binary;
using System.Text.Json;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>
/// Reads and writes safetensors files, the format in which models are exchanged (https://github.com/huggingface/safetensors, "Format"): 8 bytes with the
/// header's length, a JSON header that gives each tensor's type, shape and place, then the numbers.
/// </summary>
/// <remarks>
/// Written is F32, little-endian as the format demands. Read are BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32 and F64, as <see cref="float"/>:
/// F64 is rounded; an integer that no float32 holds exactly, an F64 beyond float32, and every other type are refused by name. Nothing in a file is
/// believed before it is checked, and memory is taken only in proportion to the bytes that are there.
/// </remarks>
public static class SafeTensors
{
    /// <summary>The longest header that is read, the limit of the format's own reader.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>Writes tensors under their names. The file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="tensors">What to write, in this order.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>, such as a description; may be null.</param>
    /// <exception cref="ArgumentException">A tensor is named <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = MakeHeader(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (Tensor tensor in tensors.Values)
            {
                Elements.Write(stream, tensor.Span);
            }
        });
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, in the order in which the header names them; ordinary objects that no tape reclaims.</returns>
    /// <exception cref="InterchangeException">The file is no whole safetensors file, or has a type or a number that float32 cannot take.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <summary>Reads all tensors of a file, and its texts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">The texts of <c>__metadata__</c>; empty without any.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Load(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        using FileStream stream = Sources.Open(path);
        return Load(stream, path, out metadata);
    }

    /// <summary>Reads all tensors from a stream that can seek, from its position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="metadata">The texts of <c>__metadata__</c>; empty without any.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Load(Stream stream, string name, out IReadOnlyDictionary<string, string> metadata)
    {
        Sources.RequireSeek(stream, name);
        SafeTensorsHeader header = SafeTensorsHeader.Read(stream, name);
        metadata = header.Metadata;
        Dictionary<string, Tensor> tensors = new(header.Entries.Count);
        foreach (SafeTensorsEntry entry in header.Entries)
        {
            tensors.Add(entry.Name, default);
        }

        // In the order of the file, which need not be that of the header.
        foreach (SafeTensorsEntry entry in header.Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            Tensor tensor = new(Storage.AllocateOrdinary(entry.Shape), entry.Name);
            Elements.Read(stream, entry.Type, bigEndian: false, tensor.Span, SafeTensorsEntry.Place(name, entry.Name));
            tensors[entry.Name] = tensor;
        }

        return tensors;
    }

    private static byte[] MakeHeader(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using MemoryStream bytes = new();
        bytes.Write(stackalloc byte[8]);
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
            {
                if (name == SafeTensorsHeader.MetadataName)
                {
                    throw new ArgumentException($"SafeTensors.Save: a tensor must not be named '{name}': the format keeps its texts there.", nameof(tensors));
                }

                offset = WriteEntry(json, name, tensor, offset);
            }

            json.WriteEndObject();
        }

        // Spaces are allowed at the header's end; they let the numbers begin at a multiple of 8.
        while (bytes.Length % 8 != 0)
        {
            bytes.WriteByte((byte)' ');
        }

        byte[] header = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        return header.Length - 8 <= MaxHeaderBytes
            ? header
            : throw new ArgumentException($"SafeTensors.Save: {tensors.Count} tensors make a header of {header.Length - 8} bytes, which no reader accepts; expected at most {MaxHeaderBytes}.", nameof(tensors));
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject(SafeTensorsHeader.MetadataName);
        foreach ((string key, string text) in metadata)
        {
            json.WriteString(key, text);
        }

        json.WriteEndObject();
    }

    /// <returns>Where the next tensor begins.</returns>
    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape.ToArray())
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        offset += (long)sizeof(float) * tensor.Length;
        json.WriteNumberValue(offset);
        json.WriteEndArray();
        json.WriteEndObject();
        return offset;
    }
}
