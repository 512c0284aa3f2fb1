using CourseLib.Autograd;
using CourseLib.Interchange;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Parity;
using ReLU = CourseLib.Activations.ReLU;

namespace CourseLib.Tests.Interchange;

/// <summary>Files that NumPy wrote, and one with the parameters of a PyTorch model (tests/fixtures/make_interchange.py, which says what numbers are in them).</summary>
public class ReferenceFileTests
{
    public static TheoryData<string> Arrays => [.. Directory.GetFiles(Files.Committed(""), "c-*.npy").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Every_type_that_numpy_writes_is_read(string name)
    {
        Tensor read = Npy.Load(Files.Committed(name + ".npy"));
        Assert.Equal([3, 4], read.Shape);
        Assert.Equal(Numbers(name[^2], 12), read.ToArray());
    }

    [Fact]
    public void There_are_files_of_all_types() => Assert.Equal(15, Arrays.Count);

    [Theory]
    [InlineData("fortran", 2, 3, 4)]
    [InlineData("version-2", 2, 3)]
    [InlineData("version-3", 2, 3)]
    [InlineData("vector", 5)]
    [InlineData("empty", 0, 3)]
    public void Every_order_version_and_shape_is_read(string name, params int[] shape)
    {
        Tensor read = Npy.Load(Files.Committed(name + ".npy"));
        Assert.Equal(new Shape(shape), read.Shape);
        Assert.Equal(Numbers('f', read.Length), read.ToArray());
    }

    [Fact]
    public void A_scalar_is_read() => Assert.Equal(0.5f, Npy.Load(Files.Committed("scalar.npy")).Item());

    [Theory]
    [InlineData("object", "found '|O'. Objects are pickled Python")]
    [InlineData("structure", "structured types are not read")]
    [InlineData("text", "found '<U3'")]
    [InlineData("complex", "found '<c8'")]
    [InlineData("integer", "element 1 of type Int64 is an integer that no float32 holds exactly")]
    [InlineData("large", "element 1 of type Float64 is too large for a float32")]
    public void What_a_tensor_cannot_hold_is_refused_by_name(string name, string expected) =>
        Assert.Contains(expected, Files.Refusal(() => Npy.Load(Files.Committed($"refused-{name}.npy"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("stored")]
    [InlineData("deflated")]
    public void Archives_of_numpy_are_read(string name)
    {
        IReadOnlyDictionary<string, Tensor> read = Npz.Load(Files.Committed(name + ".npz"));
        Assert.Equal(["first", "second/weight", "count"], read.Keys);
        Assert.Equal(Numbers('f', 6), read["first"].ToArray());
        Assert.Equal([3, 2], read["second/weight"].Shape);
        Assert.Equal(Numbers('f', 6), read["second/weight"].ToArray());
        Assert.Equal(7, read["count"].Item());
    }

    [Fact]
    public void Every_type_of_safetensors_is_read()
    {
        IReadOnlyDictionary<string, Tensor> read = SafeTensors.Load(Files.Committed("every-type.safetensors"), out IReadOnlyDictionary<string, string> metadata);
        Assert.Equal(15, read.Count);
        Assert.Equal("имя \"quoted\"", metadata["note"]);
        foreach ((string name, Tensor value) in read.Where(entry => entry.Value.Length == 12))
        {
            Assert.Equal([3, 4], value.Shape);
            Assert.Equal(Numbers(name == "BOOL" ? 'b' : name == "BF16" ? 'f' : char.ToLowerInvariant(name[0]), 12), value.ToArray());
        }

        Assert.Equal([0, 3], read["empty"].Shape);
        Assert.Equal(0.5f, read["scalar"].Item());
    }

    [Theory]
    [InlineData("torch-model.safetensors")]
    [InlineData("torch-model.npz")]
    public void A_model_of_torch_computes_here_what_it_computes_there(string file)
    {
        Sequential model = new(new Conv2d(1, 3, 3, padding: 1), new BatchNorm2d(3), new ReLU(), new Flatten(), new Linear(48, 2));
        model.Load(Files.Committed(file));
        model.Eval();
        IReadOnlyDictionary<string, Tensor> reference = Npz.Load(Files.Committed("torch-model-output.npz"));
        using NoGrad off = new();
        Fixture.AssertClose(reference["y"], model.Forward(reference["x"]), file);
    }

    private static float[] Numbers(char kind, int count) => [.. Enumerable.Range(0, count).Select(i => kind switch
    {
        'f' => (i / 4f) - 1,
        'b' => i % 3 == 0 ? 1 : 0,
        'u' => i,
        _ => i - 2f,
    })];
}
