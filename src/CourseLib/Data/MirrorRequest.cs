using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CourseLib.Data;

/// <summary>One file from one mirror, into a partial file that an earlier attempt may have begun.</summary>
/// <param name="client">What speaks HTTP.</param>
/// <param name="address">Where the file is.</param>
/// <param name="file">What it must be.</param>
/// <param name="partial">Where its bytes go.</param>
/// <param name="progress">Told on the way.</param>
/// <param name="silenceLimit">How long a server may say nothing before it is given up.</param>
internal sealed class MirrorRequest(HttpClient client, Uri address, RemoteFile file, string partial, IProgress<DownloadProgress>? progress, TimeSpan silenceLimit)
{
    private const int PieceBytes = 1 << 16;

    /// <summary>Fetches the file and checks it.</summary>
    /// <returns>Null when the partial file is the whole file, checked; else why not, in words.</returns>
    public async Task<string?> FetchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long had = PartialBytes();
            string? failure;
            try
            {
                failure = had == file.Bytes ? null : await TransferAsync(had, cancellationToken).ConfigureAwait(false);
            }
            catch (MirrorException error)
            {
                failure = error.Message;
            }

            failure ??= await CheckAsync(cancellationToken).ConfigureAwait(false);

            // A partial file of unknown origin gets one more chance from its beginning; it is gone by now.
            if (failure is null || had == 0 || File.Exists(partial))
            {
                return failure;
            }
        }
    }

    private long PartialBytes()
    {
        FileInfo info = new(partial);
        if (info.Exists && info.Length > file.Bytes)
        {
            info.Delete();
            return 0;
        }

        return info.Exists ? info.Length : 0;
    }

    private async Task<string?> TransferAsync(long had, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);

        // The bytes are packed already; a second packing on the way would break ranges.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (had > 0)
        {
            request.Headers.Range = new RangeHeaderValue(had, null);
        }

        using HttpResponseMessage response = await Patiently(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && had > 0)
        {
            File.Delete(partial);
            return "the server refused to resume";
        }

        if (!response.IsSuccessStatusCode)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}");
        }

        // A server that does not know ranges answers 200 with the whole file.
        bool resumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == had;
        if (response.StatusCode == HttpStatusCode.PartialContent && !resumed)
        {
            File.Delete(partial);
            return "the server sent another part of the file than was asked for";
        }

        long start = resumed ? had : 0;
        if (response.Content.Headers.ContentLength is { } length && start + length != file.Bytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the server offers {start + length} bytes; expected {file.Bytes}");
        }

        return await StoreAsync(response, start, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> StoreAsync(HttpResponseMessage response, long start, CancellationToken cancellationToken)
    {
        FileStream target = new(partial, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await using (target.ConfigureAwait(false))
        {
            Stream source = await Patiently(response.Content.ReadAsStreamAsync, cancellationToken).ConfigureAwait(false);
            byte[] piece = new byte[PieceBytes];
            long done = start;
            while (true)
            {
                progress?.Report(new(file, DownloadState.Downloading, done, address));
                int got = await Patiently(token => source.ReadAsync(piece, token).AsTask(), cancellationToken).ConfigureAwait(false);
                if (got == 0)
                {
                    return done == file.Bytes ? null : string.Create(CultureInfo.InvariantCulture, $"the connection ended after {done} of {file.Bytes} bytes");
                }

                if (done + got > file.Bytes)
                {
                    target.SetLength(0);
                    return string.Create(CultureInfo.InvariantCulture, $"the server sends more than the expected {file.Bytes} bytes");
                }

                // Not cancelled half-way: what has arrived is kept.
                await target.WriteAsync(piece.AsMemory(0, got), CancellationToken.None).ConfigureAwait(false);
                done += got;
            }
        }
    }

    private async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        progress?.Report(new(file, DownloadState.Checking, file.Bytes, address));
        string found = await Downloader.ChecksumOf(partial, cancellationToken).ConfigureAwait(false);
        if (found == file.Sha256)
        {
            return null;
        }

        File.Delete(partial);
        return $"wrong checksum: expected SHA-256 {file.Sha256}, got {found}; the file was removed";
    }

    /// <summary>Waits for the network, but not for ever, and turns its many exceptions into one.</summary>
    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(silenceLimit);
        try
        {
            return await step(silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MirrorException("no answer; is there a network?");
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            throw new MirrorException($"no connection ({error.Message}); is there a network?", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new MirrorException($"the transfer broke off ({error.Message})", error);
        }
    }

    /// <summary>This mirror failed; the next may do.</summary>
    private sealed class MirrorException(string message, Exception? cause = null) : Exception(message, cause);
}
