using System.Globalization;

namespace CourseLib.Data;

/// <summary>Finds the digits that the notebooks train on.</summary>
public static class Digits
{
    /// <summary>
    /// Loads the user's files when a folder is named, else downloaded MNIST, else the shipped digits; <see cref="DigitsData.Source"/> says which.
    /// </summary>
    /// <remarks>
    /// A folder has MNIST's file names, gzipped or not: train-* and t10k-*, or one of the two alone, of which the first 80% are for training and
    /// the last 20% for testing (t10k-*: 8,000 and 2,000).
    /// </remarks>
    /// <param name="folder">A folder, or the name of a downloaded set ("mnist", "fashion-mnist"), or "shipped"; null for the environment variable COURSELIB_DATA.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or the set has not been downloaded.</exception>
    /// <exception cref="FileNotFoundException">The folder does not have the files.</exception>
    /// <exception cref="IdxException">A file is not what it should be.</exception>
    public static DigitsData Load(string? folder = null)
    {
        string? wanted = string.IsNullOrWhiteSpace(folder) ? Environment.GetEnvironmentVariable(DataFolders.Variable) : folder;
        return Load(wanted, DataFolders.Downloads);
    }

    /// <summary>The digits that the library carries, whatever else is there.</summary>
    public static DigitsData LoadShipped()
    {
        DigitPart train = DigitFiles.ReadShipped("train");
        DigitPart test = DigitFiles.ReadShipped("t10k");
        return Whole(train, test, "Digits drawn by the course's own generator.", DigitsOrigin.Shipped, RemoteSet.Mnist.ClassNames);
    }

    internal static DigitsData Load(string? wanted, string downloads)
    {
        if (string.IsNullOrWhiteSpace(wanted))
        {
            // Only the digits: clothes that somebody downloaded once must not replace them unasked.
            return IsWhole(RemoteSet.Mnist, downloads) ? LoadDownloaded(RemoteSet.Mnist, downloads) : LoadShipped();
        }

        if (Directory.Exists(wanted))
        {
            return LoadFolder(Path.GetFullPath(wanted));
        }

        if (wanted.Equals("shipped", StringComparison.OrdinalIgnoreCase))
        {
            return LoadShipped();
        }

        return RemoteSet.Find(wanted) is { } set
            ? LoadDownloaded(set, downloads)
            : throw new DirectoryNotFoundException($"Digits: the data folder {Path.GetFullPath(wanted)} does not exist; expected a folder with {Expected} (named by {DataFolders.Variable} or --data), or one of \"mnist\", \"fashion-mnist\", \"shipped\".");
    }

    private static string Expected => $"{DigitFiles.ImagesOf("train")}, {DigitFiles.LabelsOf("train")}, {DigitFiles.ImagesOf("t10k")}, {DigitFiles.LabelsOf("t10k")}, gzipped (.gz) or not";

    private static DigitsData LoadFolder(string folder)
    {
        DigitPart? train = DigitFiles.Read(folder, "train");
        DigitPart? test = DigitFiles.Read(folder, "t10k");
        IReadOnlyList<string> names = RemoteSet.Mnist.ClassNames;
        if (train is not null && test is not null)
        {
            return Whole(train, test, $"Images of the folder {folder}.", DigitsOrigin.Folder, names);
        }

        if ((train ?? test) is not { } only)
        {
            throw new FileNotFoundException($"Digits: the data folder {folder} has no digits; expected {Expected}, or the t10k files alone.{Hint(folder)}", Path.Combine(folder, DigitFiles.ImagesOf("train")));
        }

        string part = train is null ? "t10k" : "train";
        int first = only.Count * 4 / 5;
        string source = string.Create(CultureInfo.InvariantCulture, $"Images of the folder {folder}: its {part} files alone, the first {first:N0} to train and the last {only.Count - first:N0} to test.");
        return new DigitsData(only.ToDataset(0, first), only.ToDataset(first, only.Count - first), source, DigitsOrigin.Folder, names);
    }

    private static DigitsData LoadDownloaded(RemoteSet set, string downloads)
    {
        string folder = Path.Combine(downloads, set.Name);
        if (!IsWhole(set, downloads))
        {
            throw new DirectoryNotFoundException($"Digits: {set.Title} has not been downloaded; expected its {set.Files.Count} files in {folder}. Run `course data {set.Name}`.");
        }

        return Whole(DigitFiles.Read(folder, "train")!, DigitFiles.Read(folder, "t10k")!, $"{set.Title} ({set.Credit}), downloaded to {folder}.", DigitsOrigin.Downloaded, set.ClassNames);
    }

    private static bool IsWhole(RemoteSet set, string downloads) =>
        set.Files.All(file => File.Exists(Path.Combine(downloads, set.Name, file.Name)));

    private static DigitsData Whole(DigitPart train, DigitPart test, string source, DigitsOrigin origin, IReadOnlyList<string> names) =>
        new(train.ToDataset(0, train.Count), test.ToDataset(0, test.Count), source, origin, names);

    /// <summary>People name the folder above the right one.</summary>
    private static string Hint(string folder)
    {
        DirectoryInfo? below = new DirectoryInfo(folder).EnumerateDirectories("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true })
            .FirstOrDefault(inner => DigitFiles.Find(inner.FullName, DigitFiles.ImagesOf("t10k")) is not null);
        return below is null ? "" : $" Its subfolder {below.FullName} has some: name that one.";
    }
}
