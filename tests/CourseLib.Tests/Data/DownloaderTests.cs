using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CourseLib.Data;

namespace CourseLib.Tests.Data;

public class DownloaderTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 % 251))];

    private static RemoteSet Set(params string[] hosts) => new(
        "toy",
        "Toy",
        "nobody",
        [.. hosts.Select(host => new Uri($"https://{host}/data/"))],
        [new RemoteFile("a.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)))],
        []);

    [Fact]
    public async Task A_file_is_downloaded_checked_and_reported()
    {
        using TemporaryFolder folder = new();
        Server server = new(_ => Whole());
        List<DownloadProgress> reports = new();
        using Downloader downloader = new(server, folder.Path);
        string place = await downloader.DownloadAsync(Set("one"), new Reporter(reports.Add));
        Assert.Equal(folder["toy"], place);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(place, "a.gz")));
        Assert.Single(Directory.GetFiles(place));
        Assert.Equal("https://one/data/a.gz", Assert.Single(server.Requests).Address);
        Assert.Equal(DownloadState.Done, reports[^1].State);
        Assert.Equal(DownloadState.Checking, reports[^2].State);
        Assert.Equal(0, reports[0].Bytes);
        Assert.Equal(reports.Select(report => report.Bytes).Order(), reports.Select(report => report.Bytes));
        await downloader.DownloadAsync(Set("one"));
        Assert.Single(server.Requests); // it was there already
    }

    [Fact]
    public async Task A_damaged_file_on_disk_is_replaced()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["toy"]);
        File.WriteAllBytes(Path.Combine(folder["toy"], "a.gz"), [1, 2, 3]);
        using Downloader downloader = new(new Server(_ => Whole()), folder.Path);
        await downloader.DownloadAsync(Set("one"));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder["toy"], "a.gz")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_earlier_attempt_left_is_used(bool serverKnowsRanges)
    {
        using TemporaryFolder folder = new();
        WritePartial(folder, Content[..100_000]);
        Server server = new(request => serverKnowsRanges ? Rest(request) : Whole());
        using Downloader downloader = new(server, folder.Path);
        await downloader.DownloadAsync(Set("one"));
        Assert.Equal(100_000, Assert.Single(server.Requests).From);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder["toy"], "a.gz")));
    }

    [Theory]
    [InlineData(100_000)] // wrong bytes at its beginning
    [InlineData(300_000)] // whole, but wrong
    [InlineData(300_001)] // too long
    public async Task A_partial_file_of_something_else_is_thrown_away(int length)
    {
        using TemporaryFolder folder = new();
        WritePartial(folder, new byte[length]);
        using Downloader downloader = new(new Server(Rest), folder.Path);
        await downloader.DownloadAsync(Set("one"));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder["toy"], "a.gz")));
    }

    [Fact]
    public async Task A_wrong_checksum_removes_the_file_and_says_so()
    {
        using TemporaryFolder folder = new();
        using Downloader downloader = new(new Server(_ => Answer(new byte[Content.Length])), folder.Path);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Set("one")));
        Assert.Contains("one: wrong checksum: expected SHA-256 " + Set("one").Files[0].Sha256, error.Message, StringComparison.Ordinal);
        Assert.Contains("removed", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["toy"]));
    }

    [Fact]
    public async Task The_next_mirror_is_tried_and_goes_on_where_the_first_broke_off()
    {
        using TemporaryFolder folder = new();
        Server server = new(request => request.RequestUri!.Host switch
        {
            "lost" => new HttpResponseMessage(HttpStatusCode.NotFound) { ReasonPhrase = "Not Found" },
            "breaks" => new HttpResponseMessage { Content = new StreamContent(new BreakingStream(Content, 120_000)) },
            _ => Rest(request),
        });
        using Downloader downloader = new(server, folder.Path);
        await downloader.DownloadAsync(Set("lost", "breaks", "good"));
        Assert.Equal([(null, "lost"), (null, "breaks"), ((long?)120_000, "good")], server.Requests.Select(request => (request.From, new Uri(request.Address).Host)));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder["toy"], "a.gz")));
    }

    [Fact]
    public async Task Without_a_network_the_message_says_what_to_do()
    {
        using TemporaryFolder folder = new();
        Server server = new(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known"));
        using Downloader downloader = new(server, folder.Path);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Set("one", "two")));
        Assert.Contains("Toy: a.gz could not be downloaded", error.Message, StringComparison.Ordinal);
        Assert.Contains("one: no connection (Name or service not known); is there a network?", error.Message, StringComparison.Ordinal);
        Assert.Contains("two: no connection", error.Message, StringComparison.Ordinal);
        Assert.Contains(DataFolders.Variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        using TemporaryFolder folder = new();
        Server server = new(request => request.RequestUri!.Host == "silent" ? new HttpResponseMessage { Content = new StreamContent(new SilentStream()) } : Whole());
        using Downloader downloader = new(server, folder.Path) { SilenceLimit = TimeSpan.FromMilliseconds(20) };
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Set("silent")));
        Assert.Contains("silent: no answer; is there a network?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mirrors_answers_are_listed()
    {
        using TemporaryFolder folder = new();
        Server server = new(request => request.RequestUri!.Host switch
        {
            "small" => Answer(new byte[10]),
            "endless" => new HttpResponseMessage { Content = new StreamContent(new BreakingStream(new byte[Content.Length + 1], Content.Length + 1)) },
            _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { ReasonPhrase = "Busy" },
        });
        using Downloader downloader = new(server, folder.Path);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Set("small", "endless", "busy")));
        Assert.Contains("small: the server offers 10 bytes; expected 300000", error.Message, StringComparison.Ordinal);
        Assert.Contains("endless: the server sends more than the expected 300000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("busy: 503 Busy", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder["toy"], "a.gz")));
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_arrived_for_the_next_time()
    {
        using TemporaryFolder folder = new();
        Server server = new(Rest);
        using Downloader downloader = new(server, folder.Path);
        using CancellationTokenSource stop = new();
        Reporter reporter = new(report =>
        {
            if (report.Bytes >= 65_536)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync(Set("one", "two"), reporter, stop.Token));
        Assert.Single(server.Requests); // the second mirror was not asked
        long left = new FileInfo(Path.Combine(folder["toy"], "a.gz.part")).Length;
        Assert.InRange(left, 65_536, Content.Length - 1);
        await downloader.DownloadAsync(Set("one"));
        Assert.Equal(left, server.Requests[1].From);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder["toy"], "a.gz")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "in the way");
        using Downloader downloader = new(new Server(_ => Whole()), folder["file"]);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Set("one")));
        Assert.Contains(folder["file"], error.Message, StringComparison.Ordinal);
        Assert.Contains(DataFolders.DownloadsVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_sets_have_four_checked_files_each()
    {
        Assert.Same(RemoteSet.Mnist, RemoteSet.Find("MNIST"));
        Assert.Null(RemoteSet.Find("cifar"));
        foreach (RemoteSet set in RemoteSet.All)
        {
            Assert.Equal(4, set.Files.Select(file => file.Sha256).Distinct().Count());
            Assert.All(set.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
            Assert.All(set.Mirrors, mirror => Assert.EndsWith("/", mirror.AbsoluteUri, StringComparison.Ordinal));
            Assert.True(set.Mirrors.Count >= 2);
            Assert.Equal(10, set.ClassNames.Count);
        }
    }

    private static void WritePartial(TemporaryFolder folder, byte[] bytes)
    {
        Directory.CreateDirectory(folder["toy"]);
        File.WriteAllBytes(Path.Combine(folder["toy"], "a.gz.part"), bytes);
    }

    private static HttpResponseMessage Whole() => Answer(Content);

    private static HttpResponseMessage Answer(byte[] bytes) => new() { Content = new ByteArrayContent(bytes) };

    private static HttpResponseMessage Rest(HttpRequestMessage request)
    {
        if (request.Headers.Range?.Ranges.Single().From is not { } from)
        {
            return Whole();
        }

        ByteArrayContent rest = new(Content[(int)from..]);
        rest.Headers.ContentRange = new ContentRangeHeaderValue(from, Content.Length - 1, Content.Length);
        return new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = rest };
    }

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<(string Address, long? From)> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request.RequestUri!.AbsoluteUri, request.Headers.Range?.Ranges.Single().From));
            return Task.FromResult(answer(request));
        }
    }

    /// <summary>Reports at once, on the thread that works (Progress of the framework posts).</summary>
    private sealed class Reporter(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    /// <summary>Never gives a byte, until it is cancelled.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>Gives some bytes, then fails as a lost connection does.</summary>
    private sealed class BreakingStream(byte[] content, int limit) : MemoryStream(content, 0, limit)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("connection reset") : base.ReadAsync(buffer, cancellationToken);
    }
}
