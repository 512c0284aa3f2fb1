using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Models;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;
using MathNet.Numerics.LinearAlgebra;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Models;

/// <summary>Autoencoders: what they find where it is known, and what noise, tying and stacking do.</summary>
public class AutoencoderTests
{
    [Theory]
    [Term("Autoencoder")]
    [InlineData(false), InlineData(true)]
    public void A_linear_one_finds_the_plane_of_the_principal_components(bool tied)
    {
        Generator generator = new(4);
        Tensor mixing = Tensor.From(new float[,] { { 2, 1, 0, 0, 1 }, { 0, 1, -1.5f, 0, 0.5f }, { 0, 0, 0, 0.4f, 0 }, { 0, 0.2f, 0, 0, -0.3f }, { 0.1f, 0, 0.1f, 0, 0 } });
        Tensor x = Tensor.RandN([200, 5], generator).MatMul(mixing);
        x -= x.Mean(0, keepDim: true);
        Autoencoder model = Autoencoder.Dense(5, 2, new Identity(), new Identity(), tied, generator: generator);
        Adam optimizer = new(model.Parameters, 0.02);
        float loss = 0;
        for (int step = 0; step < 1500; step++)
        {
            using Tape tape = new();
            optimizer.ZeroGrad();
            Tensor value = new MSELoss().Forward(model.Forward(x), x);
            value.Backward();
            optimizer.Step();
            loss = value.Item();
        }

        Matrix<double> data = Matrix<double>.Build.Dense(200, 5, (row, column) => x[row, column]);
        (Vector<double> values, Matrix<double> vectors) = data.TransposeThisAndMultiply(data).Divide(200).Evd(Symmetricity.Symmetric) is var evd
            ? (evd.EigenValues.Real(), evd.EigenVectors)
            : default;

        // What is lost is what lies outside of the plane of the two largest.
        Assert.Equal((values[0] + values[1] + values[2]) / 5, loss, 1e-4);
        Matrix<double> plane = vectors.SubMatrix(0, 5, 3, 2);
        Tensor decoder = tied ? ((Linear)((Sequential)model.Encoder)[0]).Weight : ((Linear)((Sequential)model.Decoder)[0]).Weight.Transpose();
        Matrix<double> found = Matrix<double>.Build.Dense(5, 2, (row, column) => decoder[column, row]).QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q;
        Assert.Equal(0, (plane.TransposeAndMultiply(plane) - found.TransposeAndMultiply(found)).FrobeniusNorm(), 0.01);
    }

    [Fact]
    [Term("Autoencoder")]
    public void Tied_weights_get_the_sum_of_both_gradients()
    {
        Generator generator = new(2);
        Linear layer = new(4, 3, generator: generator);
        Autoencoder tied = new(new Sequential(layer, new Tanh()), new Sequential(new TiedLinear(layer)));
        Linear first = new(4, 3), second = new(3, 4);
        Autoencoder free = new(new Sequential(first, new Tanh()), new Sequential(second));
        first.Weight.CopyFrom(layer.Weight);
        first.Bias!.Value.CopyFrom(layer.Bias!.Value);
        second.Weight.CopyFrom(layer.Weight.Transpose());
        second.Bias!.Value.Fill(0);
        Tensor x = Tensor.RandN([6, 4], generator);
        Tensor expected = new MSELoss().Forward(free.Forward(x), x), actual = new MSELoss().Forward(tied.Forward(x), x);
        Assert.Equal(expected.Item(), actual.Item(), 1e-6);
        expected.Backward();
        actual.Backward();
        Tensor sum = first.Weight.Grad + second.Weight.Grad.Transpose();
        Assert.All(sum.ToArray().Zip(layer.Weight.Grad.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Contains(first.Weight.Grad.ToArray().Zip(layer.Weight.Grad.ToArray()), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
        Assert.Equal(12 + 3 + 4, tied.ParameterCount);
        Assert.Equal(24 + 3 + 4, free.ParameterCount);
        Assert.Equal("TiedLinear(3, 4)", ((Sequential)tied.Decoder)[0].ToString());
        Assert.Contains("(batch, 3)", Assert.Throws<ArgumentException>(() => new TiedLinear(layer).Forward(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Autoencoder")]
    [Term("Denoising autoencoder")]
    public void Gradients_equal_difference_quotients()
    {
        for (ulong seed = 1; seed <= 24; seed++)
        {
            Generator generator = new(seed);
            int size = 1 + generator.NextInt(6);
            Module noise = seed % 2 == 0 ? new Reseeded(() => new GaussianNoise(0.5, new Generator(seed))) : new Reseeded(() => new MaskingNoise(0.3, new Generator(seed)));
            Autoencoder model = Autoencoder.Dense(size, 1 + generator.NextInt(5), output: seed % 3 == 0 ? new Identity() : null, tied: seed % 4 < 2, noise: seed % 5 == 0 ? null : noise, generator: generator);
            Tensor x = Tensor.RandN([1 + generator.NextInt(4), size], generator);
            double error = GradientCheck.RelativeError(_ => model.Forward(x), [x, .. model.Parameters]);
            Assert.True(error < 3e-4, FormattableString.Invariant($"{model}, seed {seed}: relative error {error}"));
        }
    }

    [Theory]
    [Term("Denoising autoencoder")]
    [InlineData(true), InlineData(false)]
    public void Noise_damages_the_input_in_training_only(bool masking)
    {
        Module noise = masking ? new MaskingNoise(0.3, new Generator(1)) : new GaussianNoise(0.5, new Generator(1));
        DenoisingAutoencoder model = new(new Identity(), new Identity(), noise);
        Tensor x = Tensor.Rand([100, 1000], new Generator(2)) + 0.1;
        Tensor damaged = model.Forward(x);
        if (masking)
        {
            // 100,000 draws: a standard error of 0.0015. What stays, stays as it is.
            Assert.InRange(damaged.ToArray().Count(value => value == 0) / 1e5, 0.29, 0.31);
            Assert.All(damaged.ToArray().Zip(x.ToArray()), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
        }
        else
        {
            Assert.Equal(0.25, (damaged - x).Variance().Item(), 0.01);
            Assert.Equal(0, (damaged - x).Mean().Item(), 0.01);
        }

        Assert.Equal(x, model.Eval().Forward(x));
        Assert.NotEqual(x.ToArray(), ((Module)model).Train().Forward(x).ToArray());
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new MaskingNoise(1.5)).Message, StringComparison.Ordinal);
        Assert.Contains("from 0 on", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianNoise(-1)).Message, StringComparison.Ordinal);
        Assert.Contains("'noise'", Assert.Throws<ArgumentNullException>(() => new DenoisingAutoencoder(new Identity(), new Identity(), null!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Denoising autoencoder")]
    public void A_linear_one_learns_to_undo_the_noise_as_far_as_that_goes()
    {
        // x ~ N(0, s^2) with noise t: the best linear answer is the input times s^2 / (s^2 + t^2), here 0.8.
        Generator generator = new(9);
        Linear layer = new(1, 1, generator: generator);
        DenoisingAutoencoder model = new(new Identity(), layer, new GaussianNoise(0.5, generator));
        Tensor x = Tensor.RandN([4000, 1], generator);
        x /= x.Variance().Sqrt();
        Adam optimizer = new(model.Parameters, 0.02);
        double mean = 0;
        for (int step = 0; step < 400; step++)
        {
            using Tape tape = new();
            optimizer.ZeroGrad();
            new MSELoss().Forward(model.Forward(x), x).Backward();
            optimizer.Step();
            mean += step >= 200 ? layer.Weight.Item() / 200 : 0;
        }

        Assert.Equal(0.8, mean, 0.02);
    }

    [Fact]
    [Term("Pretraining")]
    public void A_stack_is_trained_level_by_level_and_hands_its_encoder_to_a_classifier()
    {
        Generator generator = new(3);
        Tensor x = Tensor.Rand([80, 10], generator);
        StackedAutoencoder stack = StackedAutoencoder.Dense([10, 8, 6, 4], noise: () => new MaskingNoise(0.2, generator), generator: generator);
        float[] deepest = stack.Levels[2].Parameters[0].ToArray();
        IReadOnlyList<float[]>? before = null;
        IReadOnlyList<History> histories = stack.Pretrain(x, 30, 20, parameters =>
        {
            // The levels above the one whose turn it is have not been touched yet.
            before ??= [.. stack.Levels.Select(level => level.Parameters[0].ToArray())];
            Assert.Equal(deepest, stack.Levels[2].Parameters[0].ToArray());
            return new Adam(parameters, 0.01);
        }, new BCELoss(), generator);
        Assert.Equal(3, histories.Count);
        Assert.All(histories, history => Assert.True(history.Epochs[^1].Train.Loss < history.Epochs[0].Train.Loss));
        Assert.All(stack.Levels.Zip(before!), pair => Assert.NotEqual(pair.Second, pair.First.Parameters[0].ToArray()));

        // The parts are the levels' own: encode up, decode down, no noise in the encoder.
        Tensor code = stack.Levels[2].Encoder.Forward(stack.Levels[1].Encoder.Forward(stack.Levels[0].Encoder.Forward(x)));
        Assert.Equal(code.ToArray(), stack.Encoder.Forward(x).ToArray());
        Assert.Equal(stack.Levels[0].Decoder.Forward(stack.Levels[1].Decoder.Forward(stack.Levels[2].Decoder.Forward(code))).ToArray(), stack.Forward(x).ToArray());
        Sequential classifier = new(stack.Encoder, new Linear(4, 3));
        Assert.Same(stack.Levels[0].Encoder.Parameters[0].Storage, classifier.Parameters[0].Storage);
        Assert.Equal((10 * 8) + 8 + (8 * 6) + 6 + (6 * 4) + 4 + (4 * 3) + 3, classifier.ParameterCount);
        Assert.Contains("sizes", Assert.ThrowsAny<ArgumentException>(() => StackedAutoencoder.Dense([3])).Message, StringComparison.Ordinal);
        Assert.Contains("levels", Assert.ThrowsAny<ArgumentException>(() => new StackedAutoencoder()).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Autoencoder")]
    [Term("ConvTranspose2d")]
    public void A_convolutional_one_goes_down_and_up_again()
    {
        Generator generator = new(6);
        Autoencoder model = new(
            new Sequential(new Conv2d(1, 4, 3, 2, 1, generator: generator), new ReLU(), new Flatten(), new Linear(64, 6, generator: generator)),
            new Sequential(new Linear(6, 64, generator: generator), new ReLU(), new Unflatten(4, 4, 4), new ConvTranspose2d(4, 1, 3, 2, 1, 1, generator: generator), new Flatten()));
        Tensor x = Tensor.Rand([32, 1, 8, 8], generator) * 0.1;
        History history = new Trainer(model, new Adam(model.Parameters, 0.01), new MSELoss()).Fit(new Dataset(x, x.Flatten(1)), 20, 8, generator: generator);
        Assert.True(history.Epochs[^1].Train.Loss < 0.5 * history.Epochs[0].Train.Loss);
    }

    /// <summary>Noise that is the same in every pass.</summary>
    private sealed class Reseeded(Func<Module> make) : Module
    {
        public override Tensor Forward(Tensor x) => make().Forward(x);
    }
}
