using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Layers;

/// <summary>A convolution with the normalisation and the ReLU behind it gives the same in one pass as layer by layer.</summary>
public class FusionTests
{
    private readonly Generator randomness = new(31);

    [Theory]
    [InlineData(true, true, true), InlineData(true, true, false), InlineData(true, false, true), InlineData(false, true, true), InlineData(false, true, false), InlineData(false, false, true)]
    public void Fused_and_layer_by_layer_agree(bool bias, bool normalized, bool rectified)
    {
        List<Module> chain = [Layer(3, 20, bias)];
        for (int block = 0; block < 2; block++)
        {
            chain.AddRange(normalized ? [Normalization(20)] : []);
            chain.AddRange(rectified ? [new ReLU()] : []);
            chain.AddRange(block == 0 ? [new MaxPool2d(2), Layer(20, 20, bias)] : []);
        }

        Check(new Sequential([.. chain]));
    }

    [Fact]
    public void What_changes_after_a_call_counts_at_the_next()
    {
        Conv2d convolution = Layer(3, 6, bias: true);
        BatchNorm2d normalization = Normalization(6);
        Sequential model = new(convolution, normalization, new ReLU());
        float[] before = Check(model);
        foreach (Tensor changed in (Tensor[])[convolution.Weight, convolution.Bias!.Value, normalization.Weight, normalization.Bias, normalization.RunningMean, normalization.RunningVariance])
        {
            Elementwise.Binary<AddOperator>(changed.Span, 0.5f, changed.Span);
            Changed();
        }

        model.Train();
        model.Forward(Images()); // moves the running statistics
        Changed();

        void Changed()
        {
            float[] after = Check(model);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    [Fact]
    public void A_normalisation_in_training_is_left_alone()
    {
        Sequential model = new(Layer(3, 6, bias: true), Normalization(6), new ReLU());
        float[] expected = model.Forward(Images()).ToArray();
        using NoGrad off = new();
        Assert.Equal(expected, model.Forward(Images()).ToArray());
    }

    [Fact]
    public void A_normalisation_of_other_channels_says_so()
    {
        Module model = new Sequential(Layer(3, 6, bias: true), Normalization(5)).Eval();
        using NoGrad off = new();
        Assert.Contains("BatchNorm", Assert.Throws<ArgumentException>(() => model.Forward(Images())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_ReLU_behind_a_convolution_is_taken_over()
    {
        Check(new Sequential(Layer(3, 6, bias: true), new LeakyReLU(), new ReLU(), Layer(6, 2, bias: true)));
        Check(new Sequential(Layer(3, 6, bias: true), new ReLU(), Normalization(6)));
    }

    [Theory]
    [InlineData(2, 0), InlineData(3, 2), InlineData(2, 3)]
    public void A_max_pooling_before_the_ReLU_gives_the_bits_of_one_after_it(int kernel, int stride)
    {
        ReLU relu = new();
        MaxPool2d pool = new(kernel, stride);
        float[] numbers = Images().ToArray();
        (numbers[0], numbers[1], numbers[13], numbers[40], numbers[77]) = (0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        numbers.AsSpan(200, 60).Fill(1.5f); // equal ones, and in many windows nothing positive
        Tensor x = Tensor.From(numbers, 4, 3, 12, 10).AsParameter(), same = Tensor.From(numbers, 4, 3, 12, 10).AsParameter();

        Tensor exchanged = new Sequential(relu, pool).Forward(x), inOrder = pool.Forward(relu.Forward(same));

        Assert.Equal("Relu", exchanged.Storage.Producer?.GetType().Name);
        Assert.Equal(inOrder.ToArray(), exchanged.ToArray());
        Tensor weights = Tensor.RandN(exchanged.Shape, new Generator(6));
        (exchanged * weights).Sum().Backward();
        (inOrder * weights).Sum().Backward();
        Assert.Equal(same.Grad.ToArray(), x.Grad.ToArray());
    }

    /// <summary>What a training does: values to the bit, gradients but for the order in which dW is summed.</summary>
    [Theory]
    [InlineData(true, true, false, true), InlineData(true, false, true, true), InlineData(true, false, false, true), InlineData(false, true, false, true), InlineData(true, true, false, false)]
    public void A_convolution_takes_the_pooling_with_it_in_training(bool bias, bool before, bool behind, bool frozen)
    {
        Conv2d convolution = new(3, 6, 5, padding: 2, bias: bias, generator: randomness);
        Module[] layers = [convolution, .. before ? (Module[])[new ReLU()] : [], new MaxPool2d(2), .. behind ? (Module[])[new ReLU()] : []];
        Tensor x = Images().AsParameter();
        Tensor[] all = [x, .. convolution.Parameters];
        Tensor weights = Tensor.RandN([4, 6, 6, 5], new Generator(6));
        for (int without = frozen ? 0 : all.Length; without <= all.Length; without++)
        {
            Tensor[] wanted = [.. all.Where((_, i) => i != without)];
            foreach (Tensor tensor in all)
            {
                tensor.SetRequiresGrad(wanted.Contains(tensor));
            }

            float[][] separate = Gradients(() => new Sequential(layers).ForwardAll(x)[^1], wanted, null);
            float[][] fused = Gradients(() => new Sequential(layers).Forward(x), wanted, before || behind ? "Conv2d+MaxPool2d+ReLU" : "Conv2d+MaxPool2d");
            Assert.Equal(separate[0], fused[0]);
            foreach ((float[] expected, float[] actual) in separate.Zip(fused))
            {
                KernelData.Close(KernelData.ToDouble(expected), actual, 1e-5, "gradient");
            }
        }

        // Twice: the second use of the layer adds to the gradients of the first.
        float[][] Gradients(Func<Tensor> forward, Tensor[] wanted, string? name)
        {
            foreach (Tensor tensor in all)
            {
                tensor.ZeroGrad();
            }

            Tensor y = forward();
            Assert.True(name is null || y.Storage.Producer?.Name == name);
            ((y * weights).Sum() + (forward() * y).Sum()).Backward();
            return [y.ToArray(), .. wanted.Select(tensor => tensor.Grad.ToArray())];
        }
    }

    [Fact]
    public void Other_poolings_are_passes_of_their_own()
    {
        foreach (MaxPool2d pool in (MaxPool2d[])[new(3), new(2, 1), new(2, 2, 1)])
        {
            Sequential model = new(Layer(3, 6, bias: true), pool);
            Tensor y = model.Forward(Images());
            Assert.Equal("MaxPool2d", y.Storage.Producer?.Name);
            Check(model);
        }
    }

    [Fact]
    public void A_tape_takes_the_winners_back()
    {
        Sequential model = new(Layer(3, 6, bias: true), new ReLU(), new MaxPool2d(2));
        float[]? first = null;
        for (int step = 0; step < 3; step++)
        {
            using Tape tape = new();
            model[0].Parameters[0].ZeroGrad();
            model.Forward(Images()).Sum().Backward();
            float[] gradient = model[0].Parameters[0].Grad.ToArray();
            Assert.Equal(first ??= gradient, gradient);
        }
    }

    [Theory]
    [InlineData(1, 70, 50, true), InlineData(20, 30, 40, false), InlineData(64, 120, 90, true), InlineData(40, 100, 200, true), InlineData(40, 100, 200, false), InlineData(64, 33, 5, true)]
    public void A_fully_connected_layer_and_its_ReLU_give_the_bits_of_two(int batch, int inputs, int outputs, bool bias)
    {
        Linear layer = new(inputs, outputs, bias, generator: randomness);
        Sequential model = new(layer, new ReLU());
        float[] numbers = KernelData.Normal(batch * inputs, 3);
        numbers[^1] = batch > 1 ? float.NaN : 1;
        Tensor x = Tensor.From(numbers, batch, inputs);
        float[] separate = model.Forward(x).ToArray();
        Assert.Contains(0f, separate);
        using NoGrad off = new();
        Assert.Equal(separate, model.Forward(x).ToArray());
        Assert.Equal(batch > 1, separate[^outputs..].All(float.IsNaN));
    }

    /// <summary>Evaluates with the graph recorded, which is layer by layer, and without, which is fused.</summary>
    private float[] Check(Sequential model)
    {
        model.Eval();
        Tensor x = Images();
        float[] separate = model.Forward(x).ToArray();
        using NoGrad off = new();
        float[] fused = model.Forward(x).ToArray();
        KernelData.Close(KernelData.ToDouble(separate), fused, 1e-5, "fused");
        return fused;
    }

    private static Tensor Images() => Tensor.RandN([4, 3, 12, 10], new Generator(5));

    private Conv2d Layer(int from, int to, bool bias) => new(from, to, 3, padding: 1, bias: bias, generator: randomness);

    private BatchNorm2d Normalization(int channels)
    {
        BatchNorm2d layer = new(channels);
        foreach ((Tensor tensor, double from, double to) in new[] { (layer.Weight, -2.0, 2), (layer.Bias, -1, 1), (layer.RunningMean, -1, 1), (layer.RunningVariance, 0.2, 3) })
        {
            randomness.Uniform(tensor.Span, (float)from, (float)to);
        }

        return layer;
    }
}
