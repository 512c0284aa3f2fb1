using System.Buffers.Binary;
using System.Text;
using CourseLib.Interchange;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Interchange;

/// <summary>Files of tensors for these tests: the committed ones, and some put together by hand.</summary>
internal static class Files
{
    internal static string Committed(string name) => Repository.Full($"tests/fixtures/interchange/{name}");

    internal static IReadOnlyDictionary<string, Tensor> SafeTensor(byte[] bytes) => SafeTensors.Load(new MemoryStream(bytes), "x.safetensors", out _);

    internal static Tensor Npy(byte[] bytes) => CourseLib.Interchange.Npy.Load(new MemoryStream(bytes), "x.npy");

    internal static IReadOnlyDictionary<string, Tensor> Npz(byte[] bytes) => CourseLib.Interchange.Npz.Load(new MemoryStream(bytes), "x.npz");

    /// <summary>A safetensors file of a header and so many bytes of numbers.</summary>
    internal static byte[] SafeTensorBytes(string header, int dataBytes, ulong? length = null)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length ?? (ulong)json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    /// <summary>A .npy file of a header and so many bytes of numbers.</summary>
    internal static byte[] NpyBytes(string header, int dataBytes, byte major = 1, uint? length = null)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        byte[] field = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(field, length ?? (uint)text.Length);
        return [0x93, .. "NUMPY"u8, major, 0, .. field[..(major == 1 ? 2 : 4)], .. text, .. new byte[dataBytes]];
    }

    /// <summary>The message with which a file is refused, once it is certain that refusing it took little memory.</summary>
    internal static string Refusal(Func<object> read, long mostBytes = 200_000)
    {
        Assert.Throws<InterchangeException>(read);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InterchangeException>(read).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostBytes);
        return message;
    }
}
