using System.IO.Compression;
using CourseLib.Data;
using CourseLib.Tests.Shared;

namespace CourseLib.Tests.Data;

public class IdxTests
{
    private static readonly byte[] TwoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];

    private static IdxFile Read(byte[] bytes, string name = "file.idx") => IdxReader.Read(new MemoryStream(bytes), name);

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_decide_whether_a_file_is_packed(bool packed)
    {
        using TemporaryFolder folder = new();
        string path = folder[packed ? "packed-without-suffix" : "plain.gz"];
        File.WriteAllBytes(path, packed ? Pack(TwoByThree) : TwoByThree);
        IdxFile file = IdxReader.Read(path);
        Assert.Equal("UInt8 (2, 3)", file.ToString());
        Assert.Equal([10, 20, 30, 40, 50, 60], file.Data);
        Assert.Equal(2, file.Count);
    }

    [Theory]
    [InlineData("a.idx")]
    [InlineData("a.idx.gz")]
    public void Written_files_read_back(string name)
    {
        using TemporaryFolder folder = new();
        IdxWriter.Write(folder[name], TwoByThree[12..], 3, 2, 1);
        Assert.Equal([name], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(folder[name])[0] == 0x1F);
        IdxFile file = IdxReader.Read(folder[name], IdxType.UInt8, -1, 2, 1);
        Assert.Equal([3, 2, 1], file.Shape);
        Assert.Equal(TwoByThree[12..], file.Data);
    }

    [Theory]
    [InlineData(IdxType.UInt8, new byte[] { 200, 1 }, new float[] { 200, 1 })]
    [InlineData(IdxType.Int8, new byte[] { 0xFE, 1 }, new float[] { -2, 1 })]
    [InlineData(IdxType.Int16, new byte[] { 0xFF, 0xFE, 1, 2 }, new float[] { -2, 258 })]
    [InlineData(IdxType.Int32, new byte[] { 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 1, 2 }, new float[] { -2, 258 })]
    [InlineData(IdxType.Float32, new byte[] { 0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0 }, new float[] { 1.5f, -2 })]
    [InlineData(IdxType.Float64, new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new float[] { 1.5f, -2 })]
    public void Every_element_type_is_big_endian(IdxType type, byte[] data, float[] expected)
    {
        byte[] bytes = [0, 0, (byte)type, 1, 0, 0, 0, 2, .. data];
        Assert.Equal(expected, Read(bytes).ToSingles());
    }

    [Fact]
    public void An_empty_array_is_an_array() => Assert.Empty(Read([0, 0, 8, 1, 0, 0, 0, 0]).Data);

    public static TheoryData<string, byte[], string[]> BrokenFiles => new()
    {
        { "empty", [], ["empty"] },
        { "one byte", [0], ["one byte"] },
        { "text", "hello, world"u8.ToArray(), ["68656C6C", "two zero bytes"] },
        { "short magic", [0, 0, 8], ["3 bytes", "at least 8"] },
        { "element type", [0, 0, 7, 1, 0, 0, 0, 0], ["0x07", "0x08"] },
        { "no dimensions", [0, 0, 8, 0, 0, 0, 0, 0], ["0 dimensions", "1 to 8"] },
        { "too many dimensions", [0, 0, 8, 200, 0, 0, 0, 0], ["200 dimensions"] },
        { "header cut", TwoByThree[..10], ["after 10 bytes", "expected 12"] },
        { "truncated", TwoByThree[..^1], ["UInt8 (2, 3)", "18 bytes", "found 17", "truncated"] },
        { "trailing byte", [.. TwoByThree, 0], ["18 bytes", "found 19", "not a plain IDX file"] },
        { "absurd", [0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF], ["more than 1073741824 bytes"] },
        { "absurd beside a zero", [0, 0, 8, 3, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 2], ["more than 1073741824 bytes"] },
        { "beyond int", [0, 0, 8, 1, 0x80, 0, 0, 0], ["dimension 0 has 2147483648"] },
    };

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public void A_broken_file_says_what_was_found_and_expected(string what, byte[] bytes, string[] fragments)
    {
        IdxException error = Assert.Throws<IdxException>(() => Read(bytes, $"{what}.idx"));
        Assert.StartsWith($"{what}.idx: ", error.Message, StringComparison.Ordinal);
        Assert.All(fragments, fragment => Assert.Contains(fragment, error.Message, StringComparison.Ordinal));

        // Packed, only the words for the counts change.
        Assert.Throws<IdxException>(() => Read(Pack(bytes)));
    }

    [Fact]
    public void Packed_data_is_checked_too()
    {
        byte[] packed = Pack(TwoByThree);
        Assert.Contains("found 17", Assert.Throws<IdxException>(() => Read(Pack(TwoByThree[..^1]))).Message, StringComparison.Ordinal);
        Assert.Contains("found more", Assert.Throws<IdxException>(() => Read(Pack([.. TwoByThree, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<IdxException>(() => Read(packed[..^10]));
        byte[] damaged = packed.ToArray();
        damaged[^6] ^= 1; // the checksum in gzip's trailer
        Assert.Contains("corrupt", Assert.Throws<IdxException>(() => Read(damaged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_type_or_shape_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a"], TwoByThree);
        IdxException error = Assert.Throws<IdxException>(() => IdxReader.Read(folder["a"], IdxType.UInt8, -1, 28, 28));
        Assert.Contains("found UInt8 (2, 3); expected UInt8 (any, 28, 28)", error.Message, StringComparison.Ordinal);
        Assert.Throws<IdxException>(() => IdxReader.Read(folder["a"], IdxType.Float32, 2, 3));
        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(folder["missing"]));
    }

    [Fact]
    public void Data_and_shape_must_fit()
    {
        Assert.Contains("needs 6 bytes, got 5", Assert.Throws<ArgumentException>(() => new IdxFile(IdxType.UInt8, [2, 3], new byte[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new IdxFile((IdxType)3, [1], new byte[1]));
        Assert.Throws<ArgumentException>(() => new IdxFile(IdxType.UInt8, [], new byte[1]));
        Assert.Throws<ArgumentException>(() => new IdxFile(IdxType.UInt8, [65536, 65536], new byte[1]));
    }

    /// <summary>A header that lies about a packed file must not cost memory: what is taken follows what really arrives.</summary>
    [Fact]
    public void A_lying_header_takes_no_memory()
    {
        byte[] lie = [0, 0, 8, 1, 0x3F, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        byte[] packed = Pack(lie);
        Assert.Throws<IdxException>(() => Read(packed));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<IdxException>(() => Read(packed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_and_take_little_memory()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Range(0, 3 * 28 * 28).Select(i => (byte)(i % 5 == 0 ? i : 0))];
        Mutator mutator = new(images, Pack(images), TwoByThree, Pack(TwoByThree));
        MutationRun.Run<IdxException>(mutator, file => Assert.InRange(Read(file).Data.Length, 0, (1032 * file.Length) + 1), 1_000_000);
    }
}
