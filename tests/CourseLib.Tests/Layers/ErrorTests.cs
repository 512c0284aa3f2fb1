using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Tests.Layers;

/// <summary>Bad input is answered with the operation, what was given and what was expected.</summary>
public class ErrorTests
{
    private static readonly Dictionary<string, (Action Action, string[] Says)> Cases = new()
    {
        ["matrix product"] = (() => Z(2, 3).MatMul(Z(2, 3)), ["MatMul", "(m, k) and (k, n)", "(2, 3)"]),
        ["add"] = (() => _ = Z(3, 4) + Z(3), ["Add", "(3, 4)", "(3,)", "broadcast"]),
        ["maximum"] = (() => Z(3, 4).Maximum(Z(3)), ["Maximum", "(3, 4)", "(3,)"]),
        ["transpose"] = (() => Z(3).Transpose(), ["Transpose", "matrix", "(3,)"]),
        ["permute"] = (() => Z(3, 4).Permute(0, 0), ["Permute", "once", "(0, 0)"]),
        ["reshape"] = (() => Z(3, 4).Reshape(5, -1), ["Reshape", "12", "(5, -1)"]),
        ["reshape, two unknown"] = (() => Z(3, 4).Reshape(-1, -1), ["Reshape", "one -1", "(-1, -1)"]),
        ["flatten"] = (() => Z(3, 4).Flatten(2), ["Flatten", "axis 2", "(3, 4)", "-2 to 1"]),
        ["slice"] = (() => Z(3, 4).Slice(1, 2, 3), ["Slice", "2 to 5", "axis 1", "(3, 4)", "0 to 4"]),
        ["concat"] = (() => Z(3, 4).Concat(Z(3, 5), 0), ["Concat", "(3, 4)", "(3, 5)", "axis 0"]),
        ["rows"] = (() => Z(3, 4).SelectRows(0, 3), ["SelectRows", "row 3", "0 to 2"]),
        ["sum"] = (() => Z(3, 4).Sum(2), ["Sum", "axis 2", "(3, 4)", "-2 to 1"]),
        ["sum of a scalar"] = (() => Tensor.Scalar(1).Sum(0), ["Sum", "scalar has no axes"]),
        ["mean"] = (() => Z(3, 4).Mean(2), ["Mean", "axis 2"]),
        ["variance"] = (() => Z(3, 4).Variance(-3), ["Variance", "axis -3"]),
        ["min"] = (() => Z(3, 4).Min(2), ["Min", "axis 2"]),
        ["max of none"] = (() => Z(3, 0).Max(1), ["Max", "axis 1", "(3, 0)", "empty"]),
        ["max of all of none"] = (() => Z(0).Max(), ["Max", "(0,)", "empty"]),
        ["largest place"] = (() => Tensor.Scalar(1).ArgMax(), ["ArgMax", "scalar"]),
        ["softmax"] = (() => Functional.Softmax(Z(3, 0)), ["Softmax", "(3, 0)", "at least one"]),
        ["log softmax"] = (() => Functional.LogSoftmax(Tensor.Scalar(1)), ["LogSoftmax", "()"]),
        ["range without a step"] = (() => Tensor.Arange(0, 5, 0), ["Arange", "step of 0", "from 0 to 5"]),
        ["too large"] = (() => Tensor.Empty(1 << 16, 1 << 16), ["(65536, 65536)", "more elements"]),
        ["axes of a shape"] = (() => new Shape(2, 3).Product(0, 9), ["Product", "0 to 9", "(2, 3)"]),
        ["linear"] = (() => new Linear(2, 3).Forward(Z(4, 5)), ["Linear", "(batch, 2)", "(4, 5)"]),
        ["linear without inputs"] = (() => new Linear(0, 3), ["Linear", "inFeatures", "at least 1"]),
        ["linear's bias"] = (() => Functional.Linear(Z(4, 2), Z(3, 2), Z(2)), ["Linear", "bias", "(3,)", "(2,)"]),
        ["convolution, channels"] = (() => new Conv2d(3, 1, 5).Forward(Z(1, 1, 8, 8)), ["Conv2d", "(batch, 3, height, width)", "(1, 1, 8, 8)"]),
        ["convolution, window"] = (() => new Conv2d(1, 1, 5).Forward(Z(1, 1, 3, 3)), ["Convolution", "5x5", "3x3"]),
        ["convolution, stride"] = (() => Functional.Conv2d(Z(1, 1, 8, 8), Z(1, 1, 3, 3), null, 0, Padding.Same), ["stride", "at least 1"]),
        ["padding"] = (() => new Padding(1, -2, 1, 1), ["Padding", "-2", "from 0"]),
        ["pooling, window"] = (() => new MaxPool2d(4).Forward(Z(1, 1, 3, 3)), ["Pooling", "4x4", "3x3"]),
        ["pooling, padding"] = (() => new MaxPool2d(2, 2, 2).Forward(Z(1, 1, 3, 3)), ["Pooling", "0 to 1", "window of 2"]),
        ["pooling, axes"] = (() => new AvgPool2d(2).Forward(Z(3, 3)), ["AvgPool2d", "(batch, channels, height, width)", "(3, 3)"]),
        ["pooling, size"] = (() => new AvgPool2d(0), ["AvgPool2d", "kernelSize", "at least 1"]),
        ["batch norm, axes"] = (() => new BatchNorm2d(3).Forward(Z(2, 3)), ["BatchNorm2d", "4 axes", "(2, 3)"]),
        ["batch norm, channels"] = (() => new BatchNorm1d(3).Forward(Z(5, 4)), ["BatchNorm", "(5, 4)", "(3,)"]),
        ["batch norm, momentum"] = (() => new BatchNorm1d(3, momentum: 2), ["BatchNorm1d", "momentum from 0 to 1", "2"]),
        ["layer norm"] = (() => new LayerNorm(3).Forward(Z(2, 4)), ["LayerNorm", "(3,)", "(2, 4)"]),
        ["layer norm, order of axes"] = (() => new LayerNorm(2, 3).Forward(Z(4, 3, 2)), ["LayerNorm", "(2, 3)", "(4, 3, 2)"]),
        ["layer norm of nothing"] = (() => new LayerNorm(), ["LayerNorm", "at least 1"]),
        ["locally connected, channels"] = (() => new LocallyConnected2d(3, 1, 8, 8, 5).Forward(Z(1, 1, 8, 8)), ["LocallyConnected2d", "(batch, 3, height, width)", "(1, 1, 8, 8)"]),
        ["locally connected, size"] = (() => new LocallyConnected2d(1, 1, 8, 8, 5).Forward(Z(1, 1, 9, 8)), ["LocallyConnected2d", "(1, 1, 9, 8)", "5 x 4", "4 x 4"]),
        ["locally connected, nothing"] = (() => new LocallyConnected2d(1, 0, 8, 8, 5), ["LocallyConnected2d", "outChannels", "at least 1"]),
        ["locally connected, window"] = (() => new LocallyConnected2d(1, 1, 3, 3, 5), ["LocallyConnected2d", "5x5", "3x3"]),
        ["transposed convolution, channels"] = (() => new ConvTranspose2d(3, 1, 5).Forward(Z(1, 1, 8, 8)), ["ConvTranspose2d", "(batch, 3, height, width)", "(1, 1, 8, 8)"]),
        ["transposed convolution, output padding"] = (() => new ConvTranspose2d(1, 1, 3, 2, 0, 2), ["ConvTranspose2d", "outputPadding", "0 to 1", "stride"]),
        ["transposed convolution, padding"] = (() => new ConvTranspose2d(1, 1, 3, padding: 2).Forward(Z(1, 1, 2, 2)), ["ConvTranspose2d", "(1, 1, 2, 2)", "0 x 0", "padding of 2"]),
        ["transposed convolution, stride"] = (() => new ConvTranspose2d(1, 1, 3, 0), ["ConvTranspose2d", "stride", "at least 1"]),
        ["transposed convolution, bias"] = (() => Functional.ConvTranspose2d(Z(1, 2, 3, 3), Z(2, 4, 3, 3), Z(2)), ["ConvTranspose2d", "bias", "(4,)", "(2,)"]),
        ["unfold"] = (() => Functional.Unfold(Z(3, 3), 2), ["Unfold", "(batch, channels, height, width)", "(3, 3)"]),
        ["global pooling"] = (() => new GlobalMaxPool2d().Forward(Z(3, 3)), ["GlobalMaxPool2d", "(batch, channels, height, width)", "(3, 3)"]),
        ["unflatten"] = (() => new Unflatten(2, 3).Forward(Z(4, 5)), ["Unflatten", "6 numbers", "(2, 3)", "(4, 5)"]),
        ["no branches"] = (() => new Branches(), ["Branches", "at least one"]),
        ["dropout"] = (() => new Dropout(1), ["Dropout", "less than 1"]),
        ["no module"] = (() => new Sequential(new ReLU(), null!), ["Sequential", "'1'", "null"]),
        ["squared error"] = (() => new MSELoss().Forward(Z(3, 1), Z(3)), ["MSELoss", "(3, 1)", "(3,)"]),
        ["binary cross-entropy"] = (() => new BCEWithLogitsLoss().Forward(Z(3, 1), Z(3)), ["BCEWithLogitsLoss", "(3, 1)", "(3,)"]),
        ["cross-entropy, class"] = (() => new CrossEntropyLoss().Forward(Z(2, 3), Tensor.From([0f, 3])), ["CrossEntropy", "target 1 is 3", "0 to 2"]),
        ["cross-entropy, shape"] = (() => new CrossEntropyLoss().Forward(Z(2, 3), Z(3)), ["CrossEntropy", "(2, 3)", "(3,)", "(batch,)"]),
        ["Xavier"] = (() => new Xavier().Fill(Z(3)), ["Xavier", "two axes", "(3,)"]),
        ["Kaiming"] = (() => new Kaiming().Fill(Z(3)), ["Kaiming", "two axes", "(3,)"]),
        ["default"] = (() => LinearDefault.Instance.Fill(Z(3)), ["LinearDefault", "two axes", "(3,)"]),
        ["orthogonal"] = (() => new Orthogonal().Fill(Z(3)), ["Orthogonal", "two axes", "(3,)"]),
        ["uniform"] = (() => new Uniform(1, 0).Fill(Z(3)), ["Uniform", "[1, 0)"]),
        ["normal"] = (() => new Normal(0, -1).Fill(Z(3)), ["Normal", "deviation"]),
        ["eye"] = (() => new Eye().Fill(Z(3, 3, 3)), ["Eye", "two axes", "(3, 3, 3)"]),
        ["Dirac"] = (() => new Dirac().Fill(Z(3, 3)), ["Dirac", "four axes", "(3, 3)"]),
        ["truncated normal, interval"] = (() => new TruncatedNormal(low: 2, high: 2), ["TruncatedNormal", "low < high", "[2, 2]"]),
        ["truncated normal, far out"] = (() => new TruncatedNormal(low: 50, high: 60), ["TruncatedNormal", "N(0, 1^2) has no mass in [50, 60]"]),
        ["LSUV"] = (() => new Lsuv(-1), ["Lsuv", "tolerance above 0"]),
        ["gradient check of nothing"] = (() => GradientCheck.RelativeError(x => x[0]), ["GradientCheck", "at least one"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_names(string name)
    {
        string message = Assert.ThrowsAny<ArgumentException>(Cases[name].Action).Message;
        Assert.All(Cases[name].Says, text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Sums_and_products_over_nothing_are_zero()
    {
        Assert.Equal([0f, 0, 0], Z(0, 3).Sum(0).ToArray());
        Assert.Equal([0f, 0, 0], Z(3, 0).Sum(1).ToArray());
        Assert.Equal(new float[6], Tensor.Ones(2, 0).MatMul(Tensor.Ones(0, 3)).ToArray());
        Assert.Equal(0, Z(0).Sum().Item());
        Assert.Equal(new Shape(0, 3), new Linear(2, 3).Forward(Z(0, 2)).Shape);
    }

    private static Tensor Z(params int[] shape) => Tensor.Zeros(shape);
}
