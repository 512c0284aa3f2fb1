using CourseLib.Data;

namespace CourseLib.Tests.Data;

public class DigitGeneratorTests
{
    [Fact]
    public void The_generator_reproduces_the_shipped_files()
    {
        DigitGenerator generator = new(ShippedDigits.Seed);
        Check("train", generator.Generate(0, ShippedDigits.TrainCount));
        Check("t10k", generator.Generate(ShippedDigits.TrainCount, ShippedDigits.TestCount));
    }

    [Fact]
    public void The_files_in_the_repository_are_those_inside_the_library()
    {
        string folder = Path.Combine(RepositoryRoot(), "data", "digits");
        foreach (string path in Directory.GetFiles(folder))
        {
            using Stream inside = ShippedDigits.Open(Path.GetFileName(path));
            using MemoryStream copy = new();
            inside.CopyTo(copy);
            Assert.Equal(File.ReadAllBytes(path), copy.ToArray());
        }

        Assert.Equal(4, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void Items_depend_on_seed_and_index_alone()
    {
        (byte[]? images, byte[]? labels) = new DigitGenerator(5).Generate(30, 4);
        byte[] one = new byte[784];
        new DigitGenerator(5).Draw(32, one);
        Assert.Equal(images[(2 * 784)..(3 * 784)], one);
        Assert.Equal(labels[2], new DigitGenerator(5).LabelOf(32));
        new DigitGenerator(6).Draw(32, one);
        Assert.NotEqual(images[(2 * 784)..(3 * 784)], one);
    }

    [Fact]
    public void Every_ten_items_hold_each_digit_once()
    {
        DigitGenerator generator = new(1);
        for (int block = 0; block < 20; block++)
        {
            Assert.Equal(Enumerable.Range(0, 10), Enumerable.Range(10 * block, 10).Select(generator.LabelOf).Order());
        }

        Assert.NotEqual(Enumerable.Range(0, 10).Select(generator.LabelOf), Enumerable.Range(10, 10).Select(generator.LabelOf));
    }

    [Fact]
    public void Images_look_like_MNIST()
    {
        (byte[]? images, byte[]? labels) = new DigitGenerator(11).Generate(0, 500);
        double inked = images.Count(value => value > 0) / (double)images.Length;
        Assert.InRange(inked, 0.1, 0.3); // MNIST: 0.19
        double mean = images.Average(value => value / 255.0);
        Assert.InRange(mean, 0.06, 0.18); // MNIST: 0.13
        for (int i = 0; i < labels.Length; i++)
        {
            Span<byte> image = images.AsSpan(i * 784, 784);
            double mass = 0, x = 0, y = 0;
            for (int p = 0; p < 784; p++)
            {
                mass += image[p];
                x += image[p] * (p % 28);
                y += image[p] * (p / 28);
            }

            Assert.InRange(x / mass, 10, 17);
            Assert.InRange(y / mass, 10, 17);
            Assert.True(mass > 8 * 255, $"image {i} of a {labels[i]} is nearly empty");
        }
    }

    [Fact]
    public void Variation_is_what_makes_images_differ()
    {
        DigitVariation still = new() { Turn = 0, Slant = 0, Narrowest = 1.15, Smallest = 20.5, Wobble = 0, Elastic = 0, Shift = 0, ThinPen = 1, ThickPen = 1, FaintestInk = 1, Grain = 0 };
        DigitGenerator generator = new(3, still);
        HashSet<string> seen = new();
        HashSet<string> lively = new();
        byte[] image = new byte[784];
        for (int i = 0; i < 60; i++)
        {
            generator.Draw(i, 1, image);
            seen.Add(Outline(image));
            new DigitGenerator(3).Draw(i, 1, image);
            lively.Add(Outline(image));
        }

        // What is left is the choice among the ways to write a 1, and the pen's pressure.
        Assert.InRange(seen.Count, 5, 45);
        Assert.Equal(60, lively.Count);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        DigitGenerator generator = new(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Draw(0, 10, new byte[784]));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.LabelOf(-1));
        Assert.Contains("784", Assert.Throws<ArgumentException>(() => generator.Draw(0, 1, new byte[783])).Message, StringComparison.Ordinal);
    }

    private static string Outline(byte[] image) => string.Concat(image.Select(value => value > 128 ? '#' : ' '));

    private static void Check(string part, (byte[] Images, byte[] Labels) drawn)
    {
        using Stream images = ShippedDigits.Open($"{part}-images-idx3-ubyte.gz");
        using Stream labels = ShippedDigits.Open($"{part}-labels-idx1-ubyte.gz");
        (IdxFile? imageFile, IdxFile? labelFile) = (IdxReader.Read(images, "images"), IdxReader.Read(labels, "labels"));
        Assert.Equal([drawn.Labels.Length, 28, 28], imageFile.Shape);
        Assert.True(imageFile.Data.AsSpan().SequenceEqual(drawn.Images), $"{part}: the images drawn differ from those shipped");
        Assert.True(labelFile.Data.AsSpan().SequenceEqual(drawn.Labels), $"{part}: the labels drawn differ from those shipped");
    }

    private static string RepositoryRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CourseLib.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("CourseLib.sln was not found above the tests.");
        }

        return folder;
    }
}
