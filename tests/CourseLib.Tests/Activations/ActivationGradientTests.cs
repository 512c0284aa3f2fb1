using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Activations;

/// <summary>Gradients of the input and of all parameters against difference quotients at 24 random shapes each, features and images; the seeds are fixed.</summary>
public class ActivationGradientTests
{
    private const int Shapes = 24;
    private const double Tolerance = 3e-4;

    private static readonly Dictionary<string, Func<int, Generator, Module>> Smooth = new()
    {
        ["Sigmoid"] = (_, _) => new Sigmoid(),
        ["Tanh"] = (_, _) => new Tanh(),
        ["Softplus"] = (_, g) => new Softplus(1 + g.NextInt(3)),
        ["GELU"] = (_, _) => new GELU(),
        ["GELU tanh"] = (_, _) => new GELU(tanh: true),
        ["SiLU"] = (_, _) => new SiLU(),
        ["Swish"] = (_, g) => new Swish(g.NextNormal()),
        ["Swish trained"] = (_, g) => new Swish(g.NextNormal(), trainable: true),
        ["Mish"] = (_, _) => new Mish(),
        ["Erf"] = (_, _) => new Of(x => x.Erf()),
        ["Atan"] = (_, _) => new Of(x => x.Atan()),
        ["AconA"] = (channels, _) => new AconA(channels),
        ["AconB"] = (channels, g) => new AconB(channels, -g.NextSingle()),
        ["AconC"] = (channels, g) => Apart(new AconC(channels, g), acon => acon.P1, acon => acon.P2),
        ["MetaAcon channels"] = (channels, g) => Apart(new MetaAcon(channels, reduction: 2, generator: g), acon => acon.P1, acon => acon.P2),
        ["MetaAcon layer"] = (channels, g) => Apart(new MetaAcon(channels, MetaAconManner.LayerWise, generator: g), acon => acon.P1, acon => acon.P2),
        ["MetaAcon pixels"] = (channels, g) => Apart(new MetaAcon(channels, MetaAconManner.PixelWise, generator: g), acon => acon.P1, acon => acon.P2),
        ["SmoothMaximum first"] = (_, g) => new Of(x => x.SmoothMaximum(1.5, 0)),
        ["SmoothMaximum channels"] = (_, g) => new Of(x => x.SmoothMaximum(-0.7, 1, keepDim: true)),
        ["SmoothMaximum last"] = (_, g) => new Of(x => x.SmoothMaximum(0, -1)),
    };

    /// <summary>With kinks at multiples of 1/2, or where neighbours are equal: checked far from them.</summary>
    private static readonly Dictionary<string, Func<int, Module>> Kinked = new()
    {
        ["ReLU"] = _ => new ReLU(),
        ["LeakyReLU"] = _ => new LeakyReLU(0.2),
        ["ELU"] = _ => new ELU(),
        ["ELU 0.5"] = _ => new ELU(0.5),
        ["BinaryStep"] = _ => new BinaryStep(),
        ["Softsign"] = _ => new Softsign(),
        ["HardTanh"] = _ => new HardTanh(-1.5, 2),
        ["HardSigmoid"] = _ => new HardSigmoid(),
        ["ReLU6"] = _ => new ReLU6(),
        ["PReLU"] = channels => new PReLU(channels, -0.3),
        ["PReLU one"] = _ => new PReLU(),
        ["Maxout"] = channels => new Of(x => x.Concat(x * 0.3, 1).Maxout(channels % 2 == 0 ? 2 : 1)),
    };

    public static TheoryData<string> SmoothNames => [.. Smooth.Keys];

    public static TheoryData<string> KinkedNames => [.. Kinked.Keys];

    [Theory]
    [MemberData(nameof(SmoothNames))]
    [Term("Sigmoid")]
    [Term("Hyperbolic tangent")]
    [Term("Softplus")]
    [Term("GELU")]
    [Term("Swish")]
    [Term("Mish")]
    [Term("ACON")]
    [Term("Meta-ACON")]
    [Term("Smooth maximum")]
    public void Smooth_ones(string name)
    {
        for (ulong seed = 1; seed <= Shapes; seed++)
        {
            Generator generator = new((seed * 100) + (ulong)name.Length);

            // One beta for all, and the few weights behind the betas of meta-ACON, get sums over everything: one or two terms of both signs leave only rounding error.
            Tensor x = Tensor.RandN(RandomShape(generator, least: name is "Swish trained" or "MetaAcon channels" ? 2 : 1), generator);
            Check(name, Smooth[name](x.Shape[1], generator), x);
        }
    }

    [Theory]
    [MemberData(nameof(KinkedNames))]
    [Term("ReLU")]
    [Term("Leaky ReLU")]
    [Term("ELU")]
    [Term("Binary step")]
    [Term("Maxout")]
    public void Kinked_ones(string name)
    {
        for (ulong seed = 1; seed <= Shapes; seed++)
        {
            // … -0.75, -0.25, 0.25, 0.75 … in random order, each pushed aside a little; the quotient reaches 1/16 to either side.
            Generator generator = new((seed * 100) + (ulong)name.Length);
            Tensor x = Tensor.Empty(RandomShape(generator));
            int[] order = generator.Permutation(x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                x.Span[i] = (0.5f * (order[i] - (x.Length / 2))) + 0.25f + (0.1f * generator.NextSingle());
            }

            Check(name, Kinked[name](x.Shape[1]), x);
        }
    }

    private static void Check(string name, Module activation, Tensor x)
    {
        double error = GradientCheck.RelativeError(inputs => activation.Forward(inputs[0]), [x, .. activation.Parameters]);
        Assert.True(error < Tolerance, FormattableString.Invariant($"{name} at {x.Shape}: relative error {error}"));
    }

    /// <summary>p1 at 2 or a little more, p2 at 0 or a little less: where they are nearly equal, the gradient of beta is smaller than the quotient's rounding error; far apart, the bend is sharp for its step.</summary>
    private static T Apart<T>(T activation, Func<T, Tensor> p1, Func<T, Tensor> p2)
    {
        p1(activation).CopyFrom((p1(activation).Abs() * 0.2) + 2);
        p2(activation).CopyFrom(p2(activation).Abs() * -0.2);
        return activation;
    }

    private static Shape RandomShape(Generator generator, int least = 1)
    {
        int Size() => generator.NextInt(3) + least;
        return generator.NextInt(2) == 0 ? new Shape(Size() + 1, Size()) : new Shape(Size(), Size(), Size(), Size());
    }

    /// <summary>A function as a module.</summary>
    private sealed class Of(Func<Tensor, Tensor> function) : Module
    {
        public override Tensor Forward(Tensor x) => function(x);
    }
}
