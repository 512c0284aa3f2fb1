using System.Globalization;
using CourseLib.Data;
using CourseLib.Tensors;

namespace CourseLib.Tests.Data;

public class DigitsTests
{
    private static void WritePart(string folder, string part, int count, bool packed = true, int labels = -1)
    {
        Directory.CreateDirectory(folder);
        string suffix = packed ? ".gz" : "";
        (byte[]? images, byte[]? classes) = new DigitGenerator(1).Generate(0, count);
        IdxWriter.Write(Path.Combine(folder, $"{part}-images-idx3-ubyte{suffix}"), images, count, 28, 28);
        IdxWriter.Write(Path.Combine(folder, $"{part}-labels-idx1-ubyte{suffix}"), classes[..(labels < 0 ? count : labels)], labels < 0 ? count : labels);
    }

    [Fact]
    public void Shipped_digits_load_from_anywhere()
    {
        using TemporaryFolder nothing = new();
        DigitsData digits = Digits.Load(null, nothing.Path);
        Assert.True(digits.IsShipped);
        Assert.Contains("own generator", digits.Source, StringComparison.Ordinal);
        Assert.Equal(new Shape(5000, 1, 28, 28), digits.Train.Inputs.Shape);
        Assert.Equal(new Shape(1000), digits.Test.Targets.Shape);
        Assert.Equal(new Shape(1, 28, 28), digits.Train.InputShape);
        Assert.Equal(0, digits.Train.Inputs.ToArray().Min());
        Assert.InRange(digits.Train.Inputs.ToArray().Max(), 0.95f, 1);
        Assert.Equal(Enumerable.Repeat(100, 10), digits.Test.Targets.ToArray().GroupBy(label => label).Select(group => group.Count()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_with_both_parts_is_taken_as_it_is(bool packed)
    {
        using TemporaryFolder folder = new();
        WritePart(folder.Path, "train", 30, packed);
        WritePart(folder.Path, "t10k", 20, packed);
        DigitsData digits = Digits.Load(folder.Path);
        Assert.Equal((30, 20, DigitsOrigin.Folder), (digits.Train.Count, digits.Test.Count, digits.Origin));
        Assert.Contains(folder.Path, digits.Source, StringComparison.Ordinal);
        Assert.False(digits.IsShipped);
    }

    [Fact]
    public void One_part_alone_is_split()
    {
        using TemporaryFolder folder = new();
        WritePart(folder.Path, "t10k", 50);
        DigitsData digits = Digits.Load(folder.Path);
        Assert.Equal((40, 10), (digits.Train.Count, digits.Test.Count));
        Assert.Contains("the first 40 to train and the last 10 to test", digits.Source, StringComparison.Ordinal);
        (byte[] _, byte[]? labels) = new DigitGenerator(1).Generate(0, 50);
        Assert.Equal(labels.Select(label => (float)label), digits.Train.Targets.ToArray().Concat(digits.Test.Targets.ToArray()));
    }

    [Fact]
    public void Downloaded_MNIST_comes_before_the_shipped_digits_but_other_sets_only_by_name()
    {
        using TemporaryFolder downloads = new();
        WritePart(downloads["fashion-mnist"], "train", 10);
        WritePart(downloads["fashion-mnist"], "t10k", 10);
        Assert.True(Digits.Load(null, downloads.Path).IsShipped);
        DigitsData fashion = Digits.Load("fashion-mnist", downloads.Path);
        Assert.Equal(DigitsOrigin.Downloaded, fashion.Origin);
        Assert.Equal("sandal", fashion.ClassNames[5]);
        WritePart(downloads["mnist"], "train", 20);
        Assert.True(Digits.Load(null, downloads.Path).IsShipped); // half a download is none
        WritePart(downloads["mnist"], "t10k", 10);
        Assert.Contains("MNIST (Y. LeCun", Digits.Load(null, downloads.Path).Source, StringComparison.Ordinal);
        Assert.True(Digits.Load("shipped", downloads.Path).IsShipped);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using TemporaryFolder folder = new();
        DirectoryNotFoundException missing = Assert.Throws<DirectoryNotFoundException>(() => Digits.Load(folder["nowhere"]));
        Assert.Contains(folder["nowhere"], missing.Message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", missing.Message, StringComparison.Ordinal);
        Assert.Contains(DataFolders.Variable, missing.Message, StringComparison.Ordinal);
        Assert.Contains("course data mnist", Assert.Throws<DirectoryNotFoundException>(() => Digits.Load("mnist", folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("has no digits", Assert.Throws<FileNotFoundException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        WritePart(folder["raw"], "t10k", 10);
        Assert.Contains($"{folder["raw"]} has some", Assert.Throws<FileNotFoundException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder["raw"], "t10k-labels-idx1-ubyte.gz"));
        Assert.Contains("but not t10k-labels-idx1-ubyte", Assert.Throws<FileNotFoundException>(() => Digits.Load(folder["raw"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        using TemporaryFolder folder = new();
        WritePart(folder.Path, "t10k", 20, labels: 19);
        Assert.Contains("has 20 images, but", Assert.Throws<IdxException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        IdxWriter.Write(folder["t10k-labels-idx1-ubyte.gz"], [.. new byte[19], 10], 20);
        Assert.Contains("label 19 is 10; expected 0 to 9", Assert.Throws<IdxException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        IdxWriter.Write(folder["t10k-images-idx3-ubyte.gz"], new byte[20 * 27 * 28], 20, 27, 28);
        Assert.Contains("expected UInt8 (any, 28, 28)", Assert.Throws<IdxException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        IdxWriter.Write(folder["t10k-images-idx3-ubyte.gz"], [], 0, 28, 28);
        IdxWriter.Write(folder["t10k-labels-idx1-ubyte.gz"], [], 0);
        Assert.Contains("no images", Assert.Throws<IdxException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder["t10k-images-idx3-ubyte.gz"], [0x1F, 0x8B, 8, 0, 1]);
        Assert.Contains("t10k-images-idx3-ubyte.gz: ", Assert.Throws<IdxException>(() => Digits.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Standardizing_uses_the_training_part()
    {
        DigitsData digits = Digits.LoadShipped().Take(200, 50).Standardized();
        Assert.Equal((200, 50), (digits.Train.Count, digits.Test.Count));
        Assert.Equal(0, digits.Train.InputMean, 1e-4f);
        Assert.Equal(1, digits.Train.InputStd, 1e-4f);
        Assert.NotEqual(0, digits.Test.InputMean, 1e-4f);
        Assert.True(digits.IsShipped);
    }

    [Fact]
    public void It_says_the_same_in_every_culture()
    {
        CultureInfo usual = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ru-RU");
            DigitsData digits = Digits.LoadShipped();
            Assert.EndsWith("Here: 5,000 to train, 1,000 to test.", digits.ToString(), StringComparison.Ordinal);
            Assert.Contains("5,000 to train", digits.ToHtml(), StringComparison.Ordinal);
            Assert.Equal("1,000 items of (1, 28, 28), targets (1000,)", digits.Test.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    [Fact]
    public void Data_loaded_inside_a_tape_outlives_it()
    {
        DigitsData digits;
        using (new Tape())
        {
            digits = Digits.LoadShipped();
        }

        Assert.Equal(5000, digits.Train.Inputs.Shape[0]);
    }
}
