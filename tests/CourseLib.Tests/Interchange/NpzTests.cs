using System.IO.Compression;
using CourseLib.Interchange;
using CourseLib.Tensors;
using CourseLib.Tests.Data;

namespace CourseLib.Tests.Interchange;

public class NpzTests
{
    private static readonly byte[] Array = Files.NpyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Written_tensors_read_back(bool compress)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, Tensor> tensors = new() { ["0.weight"] = Tensor.RandN([30, 7], new(1)), ["слой/x"] = Tensor.Scalar(2), ["empty"] = Tensor.Zeros(0) };
        Npz.Save(folder["a.npz"], tensors, compress);
        Npz.Save(folder["b.npz"], tensors, compress);
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
        IReadOnlyDictionary<string, Tensor> read = Npz.Load(folder["a.npz"]);
        Assert.Equal(tensors.Keys, read.Keys);
        Assert.All(tensors, entry => Assert.Equal(entry.Value.ToArray(), read[entry.Key].ToArray()));
        Assert.Equal("0.weight", read["0.weight"].Name);
    }

    [Theory]
    [InlineData("../../a.npy")]
    [InlineData("/etc/a.npy")]
    [InlineData("a/../b.npy")]
    [InlineData("..\\a.npy")]
    [InlineData("C:a.npy")]
    [InlineData("a//b.npy")]
    [InlineData(".npy")]
    [InlineData("a\u0000.npy")]
    [InlineData("a.txt")]
    [InlineData("a/")]
    public void An_entry_that_is_no_array_is_refused(string entry)
    {
        string message = Files.Refusal(() => Files.Npz(Zip((entry, Array))));
        Assert.Contains("expected the name of an array", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("a\\b")]
    public void A_name_that_would_leave_a_folder_is_not_written(string name)
    {
        using TemporaryFolder folder = new();
        Assert.Throws<ArgumentException>(() => Npz.Save(folder["a.npz"], new Dictionary<string, Tensor> { [name] = Tensor.Ones(1) }));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused() =>
        Assert.Contains("array 'a': there are two", Files.Refusal(() => Files.Npz(Zip(("a.npy", Array), ("a.npy", Array)))), StringComparison.Ordinal);

    [Fact]
    public void What_is_wrong_in_an_entry_is_said_with_its_name()
    {
        Assert.StartsWith("x.npz: array 'b': descr", Files.Refusal(() => Files.Npz(Zip(("a.npy", Array), ("b.npy", Files.NpyBytes("{'descr': '|O', 'fortran_order': False, 'shape': (), }", 3))))), StringComparison.Ordinal);
        Assert.Contains("something follows", Files.Refusal(() => Files.Npz(Zip(("a.npy", [.. Array, 0])))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_unread()
    {
        // Honest about its size, which is too much for so small a file.
        byte[] zeros = Files.NpyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (17000000,), }", 4 * 17_000_000);
        byte[] bomb = Zip(("a.npy", zeros));
        Assert.InRange(bomb.Length, 0, 100_000);
        Assert.Contains("this may be a bomb", Files.Refusal(() => Files.Npz(bomb)), StringComparison.Ordinal);

        // Many entries that are modest one by one.
        byte[] part = zeros[..(128 + (4 << 20))];
        Assert.Contains("this may be a bomb", Files.Refusal(() => Files.Npz(Zip([.. Enumerable.Range(0, 17).Select(i => ($"{i}.npy", part))])), 80_000_000), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_lies_about_its_size_is_refused()
    {
        byte[] file = Zip(("a.npy", Array));
        int directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        byte[] Altered(int offset, int value)
        {
            byte[] copy = [.. file];
            BitConverter.GetBytes(value).CopyTo(copy, directory + offset);
            return copy;
        }

        Assert.Single(Files.Npz(Altered(24, Array.Length)));
        Assert.Contains("no more than 1032 to 1", Files.Refusal(() => Files.Npz(Altered(24, 50_000_000))), StringComparison.Ordinal);
        Assert.Contains("truncated", Files.Refusal(() => Files.Npz(Altered(24, Array.Length - 1))), StringComparison.Ordinal);
        Assert.Contains("entries must not overlap", Files.Refusal(() => Files.Npz(Altered(20, 1 << 30))), StringComparison.Ordinal);
        Assert.Contains("the checksum or the length", Files.Refusal(() => Files.Npz(Altered(16, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Zip(("a.npy", Array));
        Assert.Single(Files.Npz(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.StartsWith("x.npz: ", Files.Refusal(() => Files.Npz(whole[..length])), StringComparison.Ordinal);
        }
    }

    private static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
