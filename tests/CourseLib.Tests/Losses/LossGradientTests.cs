using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Tests.Losses;

/// <summary>Every loss's gradient against difference quotients over random shapes, with each reduction, away from kinks.</summary>
public class LossGradientTests
{
    private const double Tolerance = 3e-4;

    /// <summary>What makes a loss, from a reduction and the number of classes, and a target for an input, which it may move away from kinks.</summary>
    private static readonly Dictionary<string, (Func<Reduction, int, Loss> Make, Func<Tensor, Generator, Tensor> Target)> Cases = new()
    {
        ["MSELoss"] = ((r, _) => new MSELoss(r), Noise),
        ["L1Loss"] = ((r, _) => new L1Loss(r), Far),
        ["HuberLoss"] = ((r, _) => new HuberLoss(r, 0.4), Far),
        ["SmoothL1Loss"] = ((r, _) => new SmoothL1Loss(r, 0.4), Far),
        ["BCEWithLogitsLoss"] = ((r, _) => new BCEWithLogitsLoss(r), (x, g) => Filled(x, () => g.NextSingle())),
        ["BCEWithLogitsLoss, weights"] = ((r, c) => new BCEWithLogitsLoss(r, Weights(c)), (x, g) => Filled(x, () => g.NextSingle())),
        ["BCELoss"] = ((r, _) => new BCELoss(r), (x, g) =>
        {
            Tensor target = Filled(x, () => g.NextSingle());
            g.Uniform(x.Span, 0.25f, 0.75f);
            return target;
        }),
        ["SoftMarginLoss"] = ((r, _) => new SoftMarginLoss(r), Signs),
        ["PerceptronCriterion"] = ((r, _) => new PerceptronCriterion(r), (x, g) =>
        {
            Tensor target = Signs(x, g);
            Move(x, value => value + (0.2f * MathF.Sign(value)));
            return target;
        }),
        ["HingeLoss"] = ((r, _) => new HingeLoss(0.5, r), (x, g) =>
        {
            Tensor target = Signs(x, g);
            Move(x, value => MathF.Abs(MathF.Abs(value) - 0.5f) < 0.15f ? value + (0.4f * MathF.Sign(value)) : value);
            return target;
        }),
        ["CrossEntropyLoss"] = ((r, _) => new CrossEntropyLoss(r), Classes),
        ["CrossEntropyLoss, all options"] = ((r, c) => new CrossEntropyLoss(r, Weights(c), ignoreIndex: 0, labelSmoothing: 0.2), Classes),
        ["CrossEntropyLoss, probabilities, all options"] = ((r, c) => new CrossEntropyLoss(r, Weights(c), labelSmoothing: 0.2), (x, g) => Functional.Softmax(Noise(x, g))),
        ["NLLLoss"] = ((r, c) => new NLLLoss(r, Weights(c), ignoreIndex: 0), Classes),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_equals_the_difference_quotient(string name)
    {
        Generator generator = new(17);
        foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum, Reduction.None, Reduction.Mean, Reduction.Sum, Reduction.None })
        {
            Tensor x = Tensor.RandN([1 + generator.NextInt(6), 1 + generator.NextInt(7)], generator);
            Tensor target = Cases[name].Target(x, generator);
            Loss loss = Cases[name].Make(reduction, x.Shape[1]);
            double error = GradientCheck.RelativeError(inputs => loss.Forward(inputs[0], target), x);
            Assert.True(error < Tolerance, $"{name}, {reduction}, {x.Shape}: relative error {error}");
        }
    }

    [Fact]
    public void Multi_margin()
    {
        // Scores half a unit apart or more, with margins between: no violation is within two steps of 0.
        Generator generator = new(5);
        foreach ((int p, double margin) in new[] { (1, 0.75), (2, 0.75), (1, 1.75), (2, 0.25) })
        {
            Tensor x = Tensor.Empty([3, 4]);
            for (int row = 0; row < 3; row++)
            {
                int[] order = [0, 1, 2, 3];
                generator.Shuffle(order);
                for (int i = 0; i < 4; i++)
                {
                    x[row, i] = order[i] * 0.5f;
                }
            }

            MultiMarginLoss loss = new(p, margin, Weights(4));
            Tensor target = Classes(x, generator);
            double error = GradientCheck.RelativeError(inputs => loss.Forward(inputs[0], target), x);
            Assert.True(error < Tolerance, $"p {p}, margin {margin}: relative error {error}");
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3.5, true)]
    [InlineData(double.PositiveInfinity, false)]
    public void Triplets(double p, bool swap)
    {
        // Distances: positive 0 to 2 away from the anchor, negative 3 to 5, in each feature by another amount, and a margin that all violate.
        Generator generator = new(6);
        TripletMarginLoss loss = new(40, p, swap: swap);
        Tensor anchor = Tensor.RandN([4, 3], generator);
        Tensor positive = anchor + Tensor.From([0.5f, 1, 2]);
        Tensor negative = anchor - Tensor.From([3f, 4, 5]);
        double error = GradientCheck.RelativeError(x => loss.Forward(x[0], x[1], x[2]), anchor, positive, negative);
        Assert.True(error < Tolerance, $"p {p}, swap {swap}: relative error {error}");
    }

    private static Tensor Noise(Tensor x, Generator generator) => Tensor.RandN(x.Shape, generator);

    /// <summary>Targets at least 0.1 from x and as far from x ± 0.4, the kinks of the absolute error and its rounded forms.</summary>
    private static Tensor Far(Tensor x, Generator generator)
    {
        Tensor target = x.Clone();
        Move(target, value => value + ((generator.NextInt(2) == 0 ? 0.2f : 0.8f) * (generator.NextInt(2) == 0 ? 1 : -1)));
        return target;
    }

    private static Tensor Signs(Tensor x, Generator generator) => Filled(x, () => generator.NextInt(2) == 0 ? 1 : -1);

    private static Tensor Weights(int classes) => (Tensor.Arange(0, classes, 1) * 0.5) + 0.25;

    private static Tensor Classes(Tensor x, Generator generator)
    {
        Tensor target = Tensor.Empty(x.Shape[0]);
        Move(target, _ => generator.NextInt(x.Shape[1]));
        return target;
    }

    private static Tensor Filled(Tensor like, Func<float> next)
    {
        Tensor tensor = Tensor.Empty(like.Shape);
        Move(tensor, _ => next());
        return tensor;
    }

    private static void Move(Tensor tensor, Func<float, float> to)
    {
        foreach (ref float value in tensor.Span)
        {
            value = to(value);
        }
    }
}
