using System.Reflection;

namespace CourseLib.Data;

/// <summary>
/// The digits that the course ships: drawn by <see cref="DigitGenerator"/>, kept as MNIST-named IDX files in data/digits and carried by the
/// library itself, so that a notebook finds them wherever it runs.
/// </summary>
public static class ShippedDigits
{
    /// <summary>The seed of the shipped set.</summary>
    public const ulong Seed = 2026;

    /// <summary>Training images: items 0 to 4,999, 500 of each digit.</summary>
    public const int TrainCount = 5000;

    /// <summary>Test images: items 5,000 to 5,999, 100 of each digit.</summary>
    public const int TestCount = 1000;

    private const string ResourcePrefix = "CourseLib.Data.digits.";

    /// <summary>Draws the set again and writes its four files. The bytes are always the same; how gzip packs them is up to its version.</summary>
    /// <param name="folder">Where; made when it does not exist.</param>
    public static void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        DigitGenerator generator = new(Seed);
        WritePart(folder, "train", generator.Generate(0, TrainCount));
        WritePart(folder, "t10k", generator.Generate(TrainCount, TestCount));
    }

    /// <summary>Opens one of the four files, packed, from the library.</summary>
    internal static Stream Open(string fileName)
    {
        string name = ResourcePrefix + fileName;
        return Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without its digits: resource {name} is missing. Expected data/digits/{fileName} to be embedded by CourseLib.csproj.");
    }

    private static void WritePart(string folder, string part, (byte[] Images, byte[] Labels) items)
    {
        string images = Path.Combine(folder, DigitFiles.ImagesOf(part) + ".gz");
        IdxWriter.Write(images, items.Images, items.Labels.Length, DigitGenerator.Side, DigitGenerator.Side);
        IdxWriter.Write(Path.Combine(folder, DigitFiles.LabelsOf(part) + ".gz"), items.Labels, items.Labels.Length);
    }
}
