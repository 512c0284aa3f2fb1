using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Parity;

/// <summary>Values and all gradients of the layers around the convolution against PyTorch 1.13, to 1e-5 relative; the locally connected layer against unfold and einsum.</summary>
public class WindowParityTests
{
    private static readonly Dictionary<string, Func<Dictionary<string, Tensor>, Tensor>> Layers = new()
    {
        ["conv transpose 3x3"] = x => Functional.ConvTranspose2d(x["x"], x["weight"], x["bias"]),
        ["conv transpose 3x3 stride 2 padding 1 output padding 1"] = x => Functional.ConvTranspose2d(x["x"], x["weight"], x["bias"], 2, 1, 1),
        ["conv transpose 4x4 stride 2 padding 1"] = x => Functional.ConvTranspose2d(x["x"], x["weight"], x["bias"], 2, 1),
        ["conv transpose 2x2 stride 3 output padding 2"] = x => Functional.ConvTranspose2d(x["x"], x["weight"], x["bias"], 3, 0, 2),
        ["conv transpose 5x5 padding 2"] = x => Functional.ConvTranspose2d(x["x"], x["weight"], x["bias"], padding: 2),
        ["unfold 3"] = x => Functional.Unfold(x["x"], 3),
        ["unfold 2 stride 2"] = x => Functional.Unfold(x["x"], 2, 2),
        ["unfold 3 stride 2 padding 1"] = x => Functional.Unfold(x["x"], 3, 2, 1),
        ["locally connected 3x3"] = x => LocallyConnected2dFunction.Apply(x["x"], x["weight"], 1, Padding.Valid) + x["bias"],
        ["locally connected 3x3 stride 2 padding 1"] = x => LocallyConnected2dFunction.Apply(x["x"], x["weight"], 2, 1) + x["bias"],
        ["locally connected 2x2 stride 3"] = x => LocallyConnected2dFunction.Apply(x["x"], x["weight"], 3, Padding.Valid) + x["bias"],
        ["global average pool"] = x => new GlobalAvgPool2d().Forward(x["x"]),
        ["global max pool"] = x => new GlobalMaxPool2d().Forward(x["x"]),
    };

    public static TheoryData<string> Transposed => Of("conv transpose");

    public static TheoryData<string> Unfolded => Of("unfold");

    public static TheoryData<string> Local => Of("locally connected");

    public static TheoryData<string> Global => Of("global");

    [Fact]
    public void Every_case_is_compared() =>
        Assert.Equal(Layers.Keys.Order(), new[] { Transposed, Unfolded, Local, Global }.SelectMany(rows => (IEnumerable<object[]>)rows).Select(row => (string)row[0]).Order());

    [Theory]
    [Term("ConvTranspose2d")]
    [MemberData(nameof(Transposed))]
    public void Transposed_convolution(string name) => Compare(name);

    [Theory]
    [Term("Convolution")]
    [MemberData(nameof(Unfolded))]
    public void Windows_as_columns(string name) => Compare(name);

    [Theory]
    [Term("LocallyConnected2d")]
    [MemberData(nameof(Local))]
    public void Locally_connected(string name) => Compare(name);

    [Theory]
    [Term("Global pooling")]
    [MemberData(nameof(Global))]
    public void Global_pooling(string name) => Compare(name);

    private static TheoryData<string> Of(string layer) => [.. Fixture.Names("windows").Where(name => name.StartsWith(layer, StringComparison.Ordinal))];

    private static void Compare(string name)
    {
        Fixture fixture = Fixture.Load("windows", name);
        Dictionary<string, Tensor> inputs = [];
        foreach (string input in new[] { "x", "weight", "bias" })
        {
            if (fixture.InputOrNull(input) is { } value)
            {
                inputs[input] = value.AsParameter();
            }
        }

        Fixture.Compare(fixture, Layers[name](inputs), inputs, name);
    }
}
