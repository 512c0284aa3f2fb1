using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CourseLib.Data;

/// <summary>
/// Fetches a public data set: mirror after mirror, resuming what an earlier attempt left (the partial file is NAME.part), checked by SHA-256,
/// and moved into place only when whole, so that a reader never sees half a file.
/// </summary>
public sealed class Downloader : IDisposable
{
    private readonly HttpClient client;
    private readonly string root;

    /// <summary>A downloader.</summary>
    /// <param name="handler">What speaks HTTP; null for the real network.</param>
    /// <param name="root">The folder that gets one subfolder for each set; null for <see cref="DataFolders.Downloads"/>, where <see cref="Digits.Load(string?)"/> looks.</param>
    public Downloader(HttpMessageHandler? handler = null, string? root = null)
    {
        handler ??= new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) };

        // No limit for the whole: a large file on a slow line is fine. A line that falls silent is caught by MirrorRequest.
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("CourseLib");
        this.root = root ?? DataFolders.Downloads;
    }

    /// <summary>How long a server may say nothing before the next mirror is tried.</summary>
    internal TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Brings all files of a set to disk; files that are there already and have the right checksum are kept.</summary>
    /// <param name="set">What to fetch.</param>
    /// <param name="progress">Told about every file at its beginning and end, and on the way.</param>
    /// <param name="cancellationToken">Stops it; what has arrived of the current file is kept, and the next call goes on from there.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="DownloadException">No mirror gave a file, or it could not be stored.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<string> DownloadAsync(RemoteSet set, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        string folder = Path.Combine(root, set.Name);
        foreach (RemoteFile file in set.Files)
        {
            try
            {
                Directory.CreateDirectory(folder);
                await DownloadFileAsync(set, file, folder, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException and not DownloadException)
            {
                throw new DownloadException($"{set.Title}: {file.Name} could not be stored in {folder}: {error.Message.TrimEnd('.')}. Set {DataFolders.DownloadsVariable} to a folder that can be written, or wait until another download into it has ended.", error);
            }
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task DownloadFileAsync(RemoteSet set, RemoteFile file, string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string target = Path.Combine(folder, file.Name);
        if (File.Exists(target) && await ChecksumOf(target, cancellationToken).ConfigureAwait(false) == file.Sha256)
        {
            progress?.Report(new(file, DownloadState.Done, file.Bytes, null));
            return;
        }

        List<string> failures = new();
        foreach (Uri mirror in set.Mirrors)
        {
            MirrorRequest request = new(client, new Uri(mirror, file.Name), file, target + ".part", progress, SilenceLimit);
            string? failure = await request.FetchAsync(cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                File.Move(target + ".part", target, overwrite: true);
                progress?.Report(new(file, DownloadState.Done, file.Bytes, mirror));
                return;
            }

            failures.Add($"{mirror.Host}: {failure}");
        }

        throw Failed(set, file, failures);
    }

    /// <summary>The SHA-256 of a file in lower-case hexadecimal digits.</summary>
    internal static async Task<string> ChecksumOf(string path, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }
    }

    private static DownloadException Failed(RemoteSet set, RemoteFile file, List<string> failures)
    {
        StringBuilder text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{set.Title}: {file.Name} could not be downloaded.");
        foreach (string failure in failures)
        {
            text.AppendLine().Append("  ").Append(failure);
        }

        text.AppendLine().Append(CultureInfo.InvariantCulture, $"The course runs without it, on the digits that it ships. If you have the files, name their folder in {DataFolders.Variable} (or with --data).");
        return new DownloadException(text.ToString());
    }
}
