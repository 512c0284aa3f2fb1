using CourseLib.Data;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Regularizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Regularizers;

/// <summary>What penalties do to coefficients, against what mathematics says they do.</summary>
/// <remarks>
/// Least squares whose inputs are multiples a_i of the unit vectors: mean (a_i w_i - a_i w*_i)^2 has the curvature s_i = 2 a_i^2 / n along w_i, so each coefficient has a problem of its own,
/// s_i/2 (w_i - w*_i)^2, with a solution on paper.
/// </remarks>
public class ShrinkageTests
{
    private const double Rate = 0.5;

    private static readonly double[] Answers = [1, -1, 0.5, 0.3, -0.1, 0.05, -0.02, 0];

    [Theory]
    [InlineData("SGD")]
    [InlineData("SGD momentum")]
    [InlineData("Adam")]
    [Term("L2")]
    public void L2_is_a_weight_decay_of_twice_lambda_step_by_step(string name)
    {
        const double Lambda = 0.03;
        float[][] penalised = Path(name, 0, [new L2(Lambda, ParameterSet.All)]);
        float[][] decayed = Path(name, 2 * Lambda, []);
        float[][] halved = Path(name, Lambda, []);
        float worst = 0;
        for (int step = 0; step < penalised.Length; step++)
        {
            Assert.All(penalised[step].Zip(decayed[step]), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
            worst = Math.Max(worst, penalised[step].Zip(halved[step], (a, b) => Math.Abs(a - b)).Max());
        }

        // The control: λ itself, as if the penalty had the factor 1/2, goes another way.
        Assert.True(worst > 1e-3f);

        static float[][] Path(string name, double weightDecay, Regularizer[] regularizers)
        {
            Linear model = new(8, 1, generator: new(2));
            Optimizer optimizer = name switch
            {
                "Adam" => new Adam(model.Parameters, 0.01, weightDecay: weightDecay),
                "SGD" => new SGD(model.Parameters, 0.1, weightDecay: weightDecay),
                _ => new SGD(model.Parameters, 0.1, momentum: 0.9, weightDecay: weightDecay),
            };
            List<float[]> path = [];
            Trainer trainer = new(model, optimizer, new MSELoss()) { Regularizers = regularizers };
            trainer.StepCompleted += _ => path.Add([.. model.Parameters.SelectMany(parameter => parameter.ToArray())]);
            trainer.Fit(Problem(Answers, 1), 30, 8, generator: new(1));
            return [.. path];
        }
    }

    [Fact]
    [Term("L1")]
    [Term("L2")]
    public void L1_makes_small_coefficients_zero_and_L2_makes_all_smaller()
    {
        const double Lambda = 0.025;
        const double Curvature = 0.25; // 2 a^2 / 8 with a = 1
        float[] lasso = Train(Problem(Answers, 1), 2000, new L1(Lambda));
        float[] ridge = Train(Problem(Answers, 1), 2000, new L2(Lambda));

        // The subgradient overshoots zero by at most a step.
        const double Overshoot = Rate * Lambda;
        for (int i = 0; i < Answers.Length; i++)
        {
            double softThreshold = Math.Sign(Answers[i]) * Math.Max(Math.Abs(Answers[i]) - (Lambda / Curvature), 0);
            Assert.Equal(softThreshold, lasso[i], softThreshold == 0 ? Overshoot : 1e-4);
            Assert.Equal(Answers[i] * Curvature / (Curvature + (2 * Lambda)), ridge[i], 1e-5);
        }

        // Three coefficients, 0.05, -0.02 and 0, are below the threshold 0.1, and -0.1 is on it.
        Assert.Equal(4, lasso.Count(w => Math.Abs(w) <= Overshoot));
        Assert.Equal(1, ridge.Count(w => w == 0));
        Assert.Equal(0.05 / Curvature * 0.25 / 1.2, ridge[5], 1e-5);
    }

    [Fact]
    [Term("L1")]
    public void The_proximal_step_makes_exact_zeros()
    {
        const double Lambda = 0.025;
        Linear model = new(8, 1, bias: false, initializer: new CourseLib.Initializers.Constant(0.7));
        L1 l1 = new(Lambda);
        Trainer trainer = new(model, new SGD(model.Parameters, Rate), new MSELoss());
        trainer.StepCompleted += step => l1.Shrink(model, step.LearningRate);
        trainer.Fit(Problem(Answers, 1), 2000, 8);
        for (int i = 0; i < Answers.Length; i++)
        {
            Assert.Equal(Math.Sign(Answers[i]) * Math.Max(Math.Abs(Answers[i]) - (Lambda / 0.25), 0), model.Weight[0, i], 1e-5);
        }

        Assert.All(model.Weight.ToArray().Skip(5), w => Assert.Equal(0, w));
        Assert.Contains("L1.Shrink: expected a finite rate", Assert.ThrowsAny<ArgumentException>(() => l1.Shrink(model, -1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_norm_is_bounded_unit_by_unit()
    {
        Conv2d layer = new(1, 2, 2);
        new float[] { 3, 0, 4, 0, 0.1f, 0.2f, 0, -0.2f }.CopyTo(layer.Weight.Span);
        layer.Bias!.Value.Fill(100);
        new MaxNorm(2).Apply(layer);
        Assert.Equal([1.2f, 0, 1.6f, 0, 0.1f, 0.2f, 0, -0.2f], layer.Weight.ToArray());
        Assert.All(layer.Bias!.Value.ToArray(), b => Assert.Equal(100, b));
        Assert.Contains("MaxNorm: expected a norm above 0, got 0", Assert.ThrowsAny<ArgumentException>(() => new MaxNorm(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Early stopping")]
    public void Stopping_gradient_descent_early_is_almost_ridge_coefficient_by_coefficient()
    {
        const int Steps = 60;
        double[] scales = [2, 1.4, 1, 0.7, 0.5, 0.35, 0.2, 0.05];
        Dataset problem = Problem([1, 1, 1, 1, 1, 1, 1, 1], scales);

        // λ about 1/(η t) for λ/2 Σw², so half of it for λ Σw².
        double lambda = 1 / (2 * Rate * Steps);
        float[] stopped = Train(problem, Steps);
        float[] ridge = Train(problem, 4000, new L2(lambda));
        double[] differences = new double[8];
        for (int i = 0; i < 8; i++)
        {
            double curvature = 2 * scales[i] * scales[i] / 8;
            Assert.Equal(1 - Math.Pow(1 - (Rate * curvature), Steps), stopped[i], 1e-4);
            Assert.Equal(curvature / (curvature + (2 * lambda)), ridge[i], 1e-4);
            differences[i] = Math.Abs(stopped[i] - ridge[i]);
        }

        // The filters agree where the curvature is large and where it is small; between, 1 - e^-x and x/(1 + x) are at most 0.204 apart.
        Assert.InRange(differences.Max(), 0.1, 0.21);
        Assert.InRange(differences[0], 0, 0.04);
        Assert.InRange(differences[7], 0, 0.01);

        // The control: another λ is another answer.
        float[] other = Train(problem, 4000, new L2(10 * lambda));
        Assert.True(other.Zip(stopped, (a, b) => Math.Abs(a - b)).Max() > 0.4);
    }

    [Fact]
    [Term("Activation penalty")]
    public void A_penalty_on_activations_makes_the_code_sparse()
    {
        (double plain, float plainLoss) = ActiveShare(0);
        (double penalised, float loss) = ActiveShare(0.1);
        Assert.True(plain > 0.3, FormattableString.Invariant($"{plain}"));
        Assert.True(penalised < plain / 2, FormattableString.Invariant($"{penalised} of {plain}"));
        Assert.True(loss > plainLoss);

        static (double Share, float Loss) ActiveShare(double lambda)
        {
            CourseLib.Kernels.Generator generator = new(6);
            ActivationPenalty code = new(new CourseLib.Activations.ReLU(), new L1(lambda));
            Linear first = new(10, 24, generator: generator);
            Sequential model = new(first, code, new Linear(24, 10, generator: generator));
            Tensor inputs = Tensor.RandN([128, 10], generator);
            Trainer trainer = new(model, new Adam(model.Parameters, 0.01), new MSELoss());
            History history = trainer.Fit(new Dataset(inputs, inputs), 60, 32, generator: generator);
            float[] activations = code.Forward(first.Forward(inputs)).ToArray();
            return (activations.Count(h => h > 1e-3f) / (double)activations.Length, history.Epochs[^1].Train.Loss);
        }
    }

    private static float[] Train(Dataset problem, int steps, params Regularizer[] regularizers)
    {
        Linear model = new(8, 1, bias: false, initializer: new CourseLib.Initializers.Constant(0));
        new Trainer(model, new SGD(model.Parameters, Rate), new MSELoss()) { Regularizers = regularizers }.Fit(problem, steps, 8);
        return model.Weight.ToArray();
    }

    private static Dataset Problem(double[] answers, params double[] scales)
    {
        Tensor inputs = Tensor.Zeros(8, 8);
        Tensor targets = Tensor.Zeros(8, 1);
        for (int i = 0; i < 8; i++)
        {
            double scale = scales[i % scales.Length];
            inputs[i, i] = (float)scale;
            targets[i, 0] = (float)(scale * answers[i]);
        }

        return new Dataset(inputs, targets);
    }
}
