using CourseLib.Interchange;
using CourseLib.Tensors;
using CourseLib.Tests.Data;

namespace CourseLib.Tests.Interchange;

public class SafeTensorsTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";

    [Fact]
    public void Written_tensors_read_back_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, Tensor> tensors = new()
        {
            ["0.weight"] = Tensor.RandN([300, 70], new(1)),
            ["special"] = Tensor.From([float.NaN, float.PositiveInfinity, -0f, float.Epsilon, float.MaxValue]),
            ["scalar"] = Tensor.Scalar(3),
            ["empty"] = Tensor.Zeros(0, 4),
            ["имя \"x\"\n"] = Tensor.Ones(2, 1, 2),
        };
        SafeTensors.Save(folder["a"], tensors, new Dictionary<string, string> { ["note"] = "что это" });
        IReadOnlyDictionary<string, Tensor> read = SafeTensors.Load(folder["a"], out IReadOnlyDictionary<string, string> metadata);
        Assert.Equal(tensors.Keys, read.Keys);
        Assert.All(tensors, entry =>
        {
            Assert.Equal(entry.Value.Shape, read[entry.Key].Shape);
            Assert.Equal(entry.Value.ToArray().Select(BitConverter.SingleToInt32Bits), read[entry.Key].ToArray().Select(BitConverter.SingleToInt32Bits));
        });
        Assert.Equal("что это", metadata["note"]);

        // The numbers begin where every type is aligned.
        Assert.Equal(0, File.ReadAllBytes(folder["a"])[0] % 8);
    }

    [Fact]
    public void Nothing_is_a_file_too()
    {
        using TemporaryFolder folder = new();
        SafeTensors.Save(folder["a"], new Dictionary<string, Tensor>());
        Assert.Empty(SafeTensors.Load(folder["a"]));
    }

    [Fact]
    public void What_is_read_inside_a_tape_outlives_it()
    {
        IReadOnlyDictionary<string, Tensor> read;
        using (new Tape())
        {
            read = Files.SafeTensor(Files.SafeTensorBytes(Good, 11));
        }

        Assert.Equal(new float[2], read["a"].ToArray());
    }

    [Fact]
    public void The_name_of_the_texts_is_no_name_for_a_tensor() =>
        Assert.Contains("__metadata__", Assert.Throws<ArgumentException>(() => SafeTensors.Save("x", new Dictionary<string, Tensor> { ["__metadata__"] = Tensor.Ones(1) })).Message, StringComparison.Ordinal);

    [Fact]
    public void Tensors_need_not_stand_in_the_order_of_the_header()
    {
        byte[] file = Files.SafeTensorBytes("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3);
        (file[^3], file[^2], file[^1]) = (7, 8, 9);
        IReadOnlyDictionary<string, Tensor> read = Files.SafeTensor(file);
        Assert.Equal(["b", "a"], read.Keys);
        Assert.Equal([8, 9], read["b"].ToArray());
        Assert.Equal([7], read["a"].ToArray());
    }

    [Theory]
    [InlineData("""[1]""", 0, "header", "0x5B first")]
    [InlineData(""" {}""", 0, "header", "0x20 first")]
    [InlineData("""{"a":""", 0, "header", "found otherwise at byte")]
    [InlineData("""{"a":1}""", 0, "tensor 'a'", "expected an object with dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "tensor 'a'", "nothing else")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "tensor 'a'", "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4, "header", "without duplicates")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "header", "without duplicates")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "tensor 'a': dtype", "\"F8_E4M3\"")]
    [InlineData("""{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a': dtype", "\"f32\"")]
    [InlineData("""{"a":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a': dtype", "found 32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "tensor 'a'", "shape is (-1)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 4, "tensor 'a'", "shape is (-1, -1)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "tensor 'a': shape", "found 1.0")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "tensor 'a': shape", "found \"1\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "tensor 'a': shape", "found 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,4]}}""", 4, "tensor 'a'", "at most 2147483575 elements")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "tensor 'a'", "4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4294967296],"data_offsets":[0,0]}}""", 0, "tensor 'a'", "(0, 4294967296)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "tensor 'a': shape", "64 bits")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "tensor 'a'", "9 axes; expected at most 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "tensor 'a': data_offsets", "found [4,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "tensor 'a': data_offsets", "found [-4,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "tensor 'a': data_offsets", "[begin, end]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 'a': data_offsets", "expected 8 for F32 (2,)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""", 4, "data_offsets", "the tensors take 2000000000 bytes, and the file has 4 after its header; it is truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "data_offsets", "something follows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor 'a': data_offsets", "begins at byte 4; expected 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor 'b': data_offsets", "begins at byte 4; expected 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'b': data_offsets", "neither overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "tensor 'b': data_offsets", "nor leave holes")]
    [InlineData("""{"__metadata__":[],"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "__metadata__", "expected an object of texts")]
    [InlineData("""{"__metadata__":{"epoch":3}}""", 0, "__metadata__.epoch", "expected a text, found 3")]
    [InlineData("""{"__metadata__":{"a":"\ud83d"}}""", 0, "header", "no valid Unicode")]
    [InlineData("""{"\ud83d":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "header", "no valid Unicode")]
    [InlineData("""{"a":{"dtype":"\ud83d","shape":[1],"data_offsets":[0,4]}}""", 4, "header", "no valid Unicode")]
    public void A_header_that_does_not_fit_is_refused(string header, int dataBytes, string field, string expected)
    {
        string message = Files.Refusal(() => Files.SafeTensor(Files.SafeTensorBytes(header, dataBytes)));
        Assert.StartsWith($"x.safetensors: {field}", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x7FFF_FFFF_FFFF_FFFFul)]
    [InlineData(200ul)]
    [InlineData(99_999_999ul)]
    public void A_header_longer_than_the_file_takes_no_memory(ulong length)
    {
        byte[] file = Files.SafeTensorBytes(Good, 11, length);
        string message = Files.Refusal(() => Files.SafeTensor(file));
        Assert.Contains(FormattableString.Invariant($"header length: the first 8 bytes say {length}; expected at most {file.Length - 8} in a file of {file.Length} bytes"), message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_any_reader_takes_is_refused_before_it_is_read()
    {
        using LongStream stream = new(1L << 40, SafeTensors.MaxHeaderBytes + 1);
        string message = Files.Refusal(() =>
        {
            stream.Position = 0;
            return SafeTensors.Load(stream, "long", out _);
        });
        Assert.Contains("expected at most 100000000", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_does_not_decide_what_the_message_looks_like()
    {
        string name = "\\u001b[31m" + new string('a', 10_000);
        string message = Files.Refusal(() => Files.SafeTensor(Files.SafeTensorBytes($$"""{"{{name}}":1}""", 0)));
        Assert.StartsWith("x.safetensors: tensor '?[31maaa", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 300);
    }

    [Fact]
    public void Deep_json_is_refused()
    {
        string deep = new('[', 100_000);
        Assert.Contains("at most 3 deep", Files.Refusal(() => Files.SafeTensor(Files.SafeTensorBytes($$"""{"a":{{deep}}""", 0)), 1_000_000), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Files.SafeTensorBytes(Good, 11);
        Assert.Equal(2, Files.SafeTensor(whole).Count);
        for (int length = 0; length < whole.Length; length++)
        {
            Files.Refusal(() => Files.SafeTensor(whole[..length]));
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused() => Assert.Throws<ArgumentException>(() =>
    {
        using MemoryStream packed = new();
        using System.IO.Compression.GZipStream stream = new(packed, System.IO.Compression.CompressionMode.Decompress);
        SafeTensors.Load(stream, "x", out _);
    });

    /// <summary>A file that only says that it is long.</summary>
    private sealed class LongStream(long length, long header) : MemoryStream(BitConverter.GetBytes(header))
    {
        public override long Length => length;
    }
}
