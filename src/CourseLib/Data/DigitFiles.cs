namespace CourseLib.Data;

/// <summary>The files of MNIST's naming: two parts, "train" and "t10k", each with images and labels, packed or not.</summary>
internal static class DigitFiles
{
    public static string ImagesOf(string part) => part + "-images-idx3-ubyte";

    public static string LabelsOf(string part) => part + "-labels-idx1-ubyte";

    /// <summary>The file of a name in a folder: with .gz or without, with "-idx" or ".idx" as some copies have it; null when there is none.</summary>
    public static string? Find(string folder, string name)
    {
        string[] spellings = [name, name.Replace("-idx", ".idx", StringComparison.Ordinal)];
        return spellings
            .SelectMany(spelling => new[] { spelling + ".gz", spelling })
            .Select(fileName => Path.Combine(folder, fileName))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Reads a part from a folder; null when it has neither images nor labels.</summary>
    /// <exception cref="FileNotFoundException">One of the two is there and the other is not.</exception>
    public static DigitPart? Read(string folder, string part)
    {
        string? images = Find(folder, ImagesOf(part));
        string? labels = Find(folder, LabelsOf(part));
        if (images is null && labels is null)
        {
            return null;
        }

        if (images is null || labels is null)
        {
            string missing = images is null ? ImagesOf(part) : LabelsOf(part);
            throw new FileNotFoundException($"Digits: {folder} has {Path.GetFileName(images ?? labels)} but not {missing}; expected both, gzipped (.gz) or not.", Path.Combine(folder, missing));
        }

        return new DigitPart(images, IdxReader.Read(images), labels, IdxReader.Read(labels));
    }

    /// <summary>Reads a part of the shipped set.</summary>
    public static DigitPart ReadShipped(string part)
    {
        (string? images, string? labels) = (ImagesOf(part) + ".gz", LabelsOf(part) + ".gz");
        using Stream imageStream = ShippedDigits.Open(images);
        using Stream labelStream = ShippedDigits.Open(labels);
        return new DigitPart(images, IdxReader.Read(imageStream, images), labels, IdxReader.Read(labelStream, labels));
    }
}
