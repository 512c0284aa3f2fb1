using CourseLib.Interchange;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Data;

namespace CourseLib.Tests.Interchange;

public class ModelFilesTests
{
    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.npz")]
    [InlineData("M.NPZ")]
    public void A_model_comes_back_bit_for_bit(string name)
    {
        using TemporaryFolder folder = new();
        Sequential saved = Make();
        saved.Forward(Tensor.RandN([16, 3], new(5)));
        saved.Save(folder[name]);
        Sequential loaded = Make();
        Assert.NotEqual(Numbers(saved), Numbers(loaded));
        loaded.Load(folder[name]);
        Assert.Equal(Numbers(saved), Numbers(loaded));
        Assert.All(loaded.Parameters, parameter => Assert.True(parameter.RequiresGrad));
        Assert.Equal([name], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_of_another_model_changes_nothing_and_is_compared()
    {
        using TemporaryFolder folder = new();
        new Sequential(new Linear(3, 5), new BatchNorm1d(5), new Linear(5, 2), new Linear(2, 1)).Save(folder["other.safetensors"]);
        Sequential model = new(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 2, bias: false), new LayerNorm(2));
        float[] before = Numbers(model);
        string message = Assert.Throws<InterchangeException>(() => model.Load(folder["other.safetensors"])).Message;
        Assert.Contains("other.safetensors does not fit the Sequential", message, StringComparison.Ordinal);
        Assert.Contains("unexpected: '2.bias' (2,)", message, StringComparison.Ordinal);
        Assert.Contains("'0.weight' is (5, 3) in the file and (4, 3) in the Sequential", message, StringComparison.Ordinal);
        Assert.Contains("'1.running_mean' is (5,) in the file and (4,) in the Sequential", message, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", message, StringComparison.Ordinal);
        Assert.Equal(before, Numbers(model));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using TemporaryFolder folder = new();
        new Linear(3, 4, bias: false).Save(folder["m.npz"]);
        Linear model = new(3, 4);
        Assert.Contains("missing: 'bias' (4,)", Assert.Throws<InterchangeException>(() => model.Load(folder["m.npz"])).Message, StringComparison.Ordinal);

        new Sequential([.. Enumerable.Range(0, 12).Select(_ => new Linear(1, 1, bias: false))]).Save(folder["many.npz"]);
        Assert.EndsWith("and 4 more.", Assert.Throws<InterchangeException>(() => model.Load(folder["many.npz"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Sequential model = Make();
        model.Save(folder["m.safetensors"]);
        byte[] bytes = File.ReadAllBytes(folder["m.safetensors"]);
        File.WriteAllBytes(folder["m.safetensors"], bytes[..^1]);
        Sequential other = Make();
        float[] before = Numbers(other);
        Assert.Throws<InterchangeException>(() => other.Load(folder["m.safetensors"]));
        Assert.Equal(before, Numbers(other));
    }

    [Theory]
    [InlineData("m.pt")]
    [InlineData("m")]
    public void Another_ending_is_refused(string name)
    {
        Assert.Contains("ends in .safetensors or .npz", Assert.Throws<ArgumentException>(() => Make().Save(name)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make().Load(name));
    }

    [Fact]
    public void A_missing_file_is_the_usual_error() => Assert.Throws<FileNotFoundException>(() => Make().Load("no-such.safetensors"));

    private static Sequential Make() => new(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 2));

    private static float[] Numbers(Module model) => [.. model.NamedParameters.Concat(model.NamedBuffers).SelectMany(entry => entry.Value.ToArray())];
}
