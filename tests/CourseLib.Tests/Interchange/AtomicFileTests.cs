using CourseLib.Interchange;
using CourseLib.Tests.Data;

namespace CourseLib.Tests.Interchange;

/// <summary>Whatever goes wrong while a file is written, the old one is still there, whole, and nothing lies beside it.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => folder["a.bin"];

    public AtomicFileTests() => File.WriteAllText(Target, "old");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_when_it_is_whole()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            AssertOnly("old", besides: 1);
        });
        AssertOnly("new");
    }

    [Fact]
    public void A_failure_of_the_writer_changes_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        AssertOnly("old");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99_999)]
    public void A_full_disk_changes_nothing(int room)
    {
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream => stream.Write(new byte[100_000]), path => new FullDisk(path, room)));
        Assert.Contains("a.bin could not be written: No space left on device. What was there before is unchanged.", error.Message, StringComparison.Ordinal);
        AssertOnly("old");
        AtomicFile.Write(Target, stream => stream.Write(new byte[100_000]), path => new FullDisk(path, 100_000));
        Assert.Equal(100_000, new FileInfo(Target).Length);
    }

    [Fact]
    public void A_disk_that_is_found_full_at_the_end_changes_nothing()
    {
        // What a buffer still holds is written when the stream is closed.
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream => stream.Write("new"u8), path => new BufferedStream(new FullDisk(path, 2), 100)));
        AssertOnly("old");
    }

    [Fact]
    public void A_folder_that_is_missing_or_read_only_is_named()
    {
        string path = folder["missing/a.bin"];
        Assert.Contains(path, Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { })).Message, StringComparison.Ordinal);

        // Where the user may write into every folder (root), one of the kernel's own, which takes no files from anybody.
        string readOnly = folder["read-only"];
        Directory.CreateDirectory(readOnly);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(readOnly, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            path = Path.Combine(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? "/proc" : readOnly, "a.bin");
            Assert.Contains(path, Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { })).Message, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
        }

        AssertOnly("old");
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        Directory.CreateDirectory(folder["b"]);
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["b"], stream => stream.Write("new"u8)));
        Assert.Empty(Directory.GetFileSystemEntries(folder["b"]));
        AssertOnly("old");
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // links need a privilege there
        }

        using TemporaryFolder other = new();
        File.CreateSymbolicLink(other["link"], Target);
        AtomicFile.Write(other["link"], stream => stream.Write("new"u8));
        Assert.NotNull(new FileInfo(other["link"]).LinkTarget);
        AssertOnly("new");
    }

    private void AssertOnly(string content, int besides = 0)
    {
        Assert.Equal(content, File.ReadAllText(Target));
        Assert.Equal(1 + besides, Directory.GetFiles(folder.Path).Length);
    }

    /// <summary>A file on a disk that has room for so many bytes.</summary>
    private sealed class FullDisk(string path, int room) : FileStream(path, FileMode.CreateNew)
    {
        // FileStream brings every other way of writing here when this one is overridden.
        public override void Write(byte[] array, int offset, int count)
        {
            int fits = (int)Math.Min(count, room - Position);
            base.Write(array, offset, fits);
            if (fits < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
