using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Models;
using CourseLib.Optimizers;
using CourseLib.Regularizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;
using CourseLib.Training;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Training;

/// <summary>In steady state a step inside a scope allocates nothing on the heap, for a network with a layer of every kind.</summary>
/// <remarks>Alone in the process, because a lock that two tests want at once may allocate.</remarks>
[Collection(nameof(ProcessState))]
public class StepAllocationTests
{
    private const int Steps = 16;
    private const int WarmUp = 5;

    private readonly long[] heap = new long[Steps];

    public static TheoryData<string> Optimizers => ["Adam", "AdamW", "SGD momentum", "SGD Nesterov"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void By_hand(string name)
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make(name);
        Loss loss = new CrossEntropyLoss();
        using IEnumerator<Batch> batches = Forever(data).GetEnumerator();
        Repeat(() =>
        {
            Assert.True(batches.MoveNext());
            model.ZeroGrad();
            Tensor output = model.Forward(batches.Current.Inputs);
            loss.Forward(output, batches.Current.Targets).Backward();
            optimizer.Step();
        });
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void By_the_trainer(string name)
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make(name);
        Train(new Trainer(model, optimizer, new CrossEntropyLoss()) { MaxGradientValue = 1, MaxGradientNorm = 1, Schedule = Decay.Linear(1e-3, Steps) }, data);
    }

    /// <summary>Losses, and what target each wants: one of 10 classes, 0 or 1 for each of them, or -1 or +1.</summary>
    private static readonly Dictionary<string, (Loss Loss, char Target)> OtherLosses = new()
    {
        ["MSELoss"] = (new MSELoss(), '0'),
        ["L1Loss"] = (new L1Loss(), '0'),
        ["HuberLoss"] = (new HuberLoss(), '0'),
        ["SmoothL1Loss"] = (new SmoothL1Loss(), '0'),
        ["BCEWithLogitsLoss"] = (new BCEWithLogitsLoss(), '0'),
        ["BCEWithLogitsLoss positive weight"] = (new BCEWithLogitsLoss(posWeight: Tensor.Full(3, 10)), '0'),
        ["SoftMarginLoss"] = (new SoftMarginLoss(), '-'),
        ["HingeLoss"] = (new HingeLoss(), '-'),
        ["PerceptronCriterion"] = (new PerceptronCriterion(), '-'),
        ["CrossEntropyLoss sum"] = (new CrossEntropyLoss(Reduction.Sum), 'c'),
        ["CrossEntropyLoss probabilities"] = (new CrossEntropyLoss(Reduction.Sum, Tensor.Ones(10), labelSmoothing: 0.1), '0'),
        ["CrossEntropyLoss weights"] = (new CrossEntropyLoss(weight: Tensor.Ones(10), ignoreIndex: 3), 'c'),
        ["CrossEntropyLoss smoothing"] = (new CrossEntropyLoss(weight: Tensor.Ones(10), ignoreIndex: 3, labelSmoothing: 0.1), 'c'),
        ["NLLLoss"] = (new NLLLoss(weight: Tensor.Ones(10), ignoreIndex: 3), 'c'),
        ["MultiMarginLoss"] = (new MultiMarginLoss(2), 'c'),
    };

    public static TheoryData<string> OtherLossNames => [.. OtherLosses.Keys];

    [Theory]
    [MemberData(nameof(OtherLossNames))]
    public void By_the_trainer_with_other_losses(string name)
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make("Adam");
        (Loss loss, char kind) = OtherLosses[name];
        Tensor oneHot = Tensor.Eye(10).SelectRows(Array.ConvertAll(data.Targets.ToArray(), target => (int)target));
        Train(new Trainer(model, optimizer, loss), new Dataset(data.Inputs, kind switch { 'c' => data.Targets, '-' => (oneHot * 2) - 1, _ => oneHot }));
    }

    [Fact]
    public void Triplets_and_probabilities()
    {
        Linear embedding = new(6, 4, generator: new Generator(3));
        Tensor x = Tensor.RandN([3, 8, 6], new Generator(4));
        TripletMarginLoss triplet = new(swap: true);
        BCELoss probability = new();
        Repeat(() =>
        {
            embedding.ZeroGrad();
            Tensor anchor = embedding.Forward(x.Slice(0, 0, 1).Reshape(8, 6));
            Tensor positive = embedding.Forward(x.Slice(0, 1, 1).Reshape(8, 6));
            Tensor negative = embedding.Forward(x.Slice(0, 2, 1).Reshape(8, 6));
            Tensor loss = triplet.Forward(anchor, positive, negative) + probability.Forward(anchor.Sigmoid(), positive.Detach().Sigmoid());
            loss.Backward();
        });
    }

    [Fact]
    public void By_the_trainer_with_the_layers_around_the_convolution()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.MakeWithWindows();
        Train(new Trainer(model, optimizer, new CrossEntropyLoss()), data);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void By_contrastive_divergence(bool persistent)
    {
        RestrictedBoltzmannMachine machine = new(20, 12, generator: new Generator(1));
        Adam optimizer = new(machine.Parameters);
        Tensor data = Tensor.Rand([10, 20], new Generator(2)), particles = Tensor.Zeros(10, 20);
        Repeat(() =>
        {
            optimizer.ZeroGrad();
            (persistent ? machine.PersistentContrastiveDivergence(data, particles, 2) : machine.ContrastiveDivergence(data, 2)).Backward();
            optimizer.Step();
        });
    }

    [Fact]
    public void By_the_trainer_of_a_denoising_autoencoder()
    {
        Generator generator = new(1);
        Autoencoder model = Autoencoder.Dense(20, 12, tied: true, noise: new Sequential(new MaskingNoise(0.2, generator), new GaussianNoise(0.1, generator)), generator: generator);
        Tensor data = Tensor.Rand([160, 20], generator);
        Train(new Trainer(model, new Adam(model.Parameters), new MSELoss()), new Dataset(data, data));
    }

    [Fact]
    public void By_the_trainer_with_penalties_and_a_composed_schedule()
    {
        (Module network, _, Dataset data) = SmallNetwork.Make("Adam");
        Sequential model = new(network, new ActivationPenalty(new Identity(), new L1(1e-3)));
        Train(
            new Trainer(model, new Adam(model.Parameters), new CrossEntropyLoss())
            {
                Regularizers = [new L1(1e-4), new L2(1e-4, ParameterSet.All)],
                Schedule = OneCycle.Rate(1e-3, Steps - 3).WithWarmup(3),
            },
            data);
    }

    [Fact]
    public void By_the_trainer_with_every_activation()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.MakeWithActivations();
        Train(new Trainer(model, optimizer, new CrossEntropyLoss()), data);
    }

    private void Train(Trainer trainer, Dataset data)
    {
        trainer.StepCompleted += step => Count(step.Step - 1);
        AssertSteady(() => trainer.Fit(data, 1, 10, generator: new Generator(1)));
    }

    private static IEnumerable<Batch> Forever(Dataset data)
    {
        while (true)
        {
            foreach (Batch batch in data.Batches(10, new Generator(1)))
            {
                yield return batch;
            }
        }
    }

    private void Repeat(Action step) => AssertSteady(() =>
    {
        for (int i = 0; i < Steps; i++)
        {
            using (new Tape())
            {
                step();
            }

            Count(i);
        }
    });

    /// <summary>Notes what was allocated up to the end of a step; a collection, so that what the runtime keeps only until the next one, as the name of a type, counts in every step.</summary>
    private void Count(int step)
    {
        heap[step] = GC.GetAllocatedBytesForCurrentThread();
        GC.Collect();
    }

    /// <summary>Runs all steps, and once more if anything was allocated: now and then, once in a process, the runtime itself takes a few kilobytes on this thread.</summary>
    private void AssertSteady(Action steps)
    {
        long[] allocated = [];
        for (int attempt = 0; attempt < 2; attempt++)
        {
            steps();
            allocated = [.. heap.Skip(WarmUp).Zip(heap.Skip(WarmUp - 1), (after, before) => after - before)];
            if (heap[^1] > 0 && allocated.All(bytes => bytes == 0))
            {
                return;
            }
        }

        Assert.Fail($"bytes allocated in each step: {string.Join(", ", allocated)}");
    }
}

/// <summary>A LeNet with a layer of every kind, and random images to train it on.</summary>
internal static class SmallNetwork
{
    internal static (Module Model, Optimizer Optimizer, Dataset Data) Make(string optimizer, int items = 160)
    {
        Generator generator = new(5);
        Sequential model = new(
            new Conv2d(1, 6, 5, padding: 2, bias: false, generator: generator), new BatchNorm2d(6), new ReLU(), new MaxPool2d(2),
            new Conv2d(6, 8, 3, stride: 2, padding: Padding.Same, generator: generator), new LeakyReLU(), new AvgPool2d(2),
            new Flatten(), new Linear(32, 24, generator: generator), new BatchNorm1d(24), new Tanh(), new Dropout(0.2, generator),
            new Residual(new Sequential(new LayerNorm(24), new Linear(24, 24, generator: generator), new Sigmoid()), 0.5),
            new Identity(), new Linear(24, 10, generator: generator));
        Dataset data = RandomImages(generator, items);
        IReadOnlyList<Tensor> parameters = model.Parameters;
        return (model, optimizer switch
        {
            "Adam" => new Adam(parameters),
            "AdamW" => new AdamW(parameters),
            "SGD momentum" => new SGD(parameters, 0.01, momentum: 0.9, weightDecay: 1e-4),
            _ => new SGD(parameters, 0.01, momentum: 0.9, nesterov: true),
        }, data);
    }

    /// <summary>The layers that a LeNet has not: locally connected, branches, whole channels dropped, up again by a transposed convolution, one number for each channel.</summary>
    internal static (Module Model, Optimizer Optimizer, Dataset Data) MakeWithWindows()
    {
        Generator generator = new(6);
        Sequential model = new(
            new LocallyConnected2d(1, 2, 16, 16, 3, stride: 2, generator: generator), new ReLU(),
            new Branches(new Conv2d(2, 2, 1, generator: generator), new Conv2d(2, 2, 3, padding: Padding.Same, generator: generator)), new Dropout2d(0.2, generator),
            new Flatten(), new Unflatten(4, 7, 7), new ConvTranspose2d(4, 10, 3, 2, 1, 1, generator: generator),
            new Branches(new Sequential(new GlobalAvgPool2d()), new Sequential(new GlobalMaxPool2d(), new Dropout(0.1, generator, inverted: false))), new Linear(20, 10, generator: generator));
        return (model, new Adam(model.Parameters), RandomImages(generator, 160));
    }

    /// <summary>The activations that a LeNet has not, on images and on features.</summary>
    internal static (Module Model, Optimizer Optimizer, Dataset Data) MakeWithActivations()
    {
        Generator generator = new(7);
        Sequential model = new(
            new Conv2d(1, 4, 5, stride: 2, generator: generator), new AconA(4), new AconB(4), new AconC(4, generator), new PReLU(4), new PReLU(),
            new MetaAcon(4, MetaAconManner.ChannelWise, 2, generator), new MetaAcon(4, MetaAconManner.LayerWise, generator: generator), new MetaAcon(4, MetaAconManner.PixelWise, generator: generator),
            new Flatten(), new Maxout(144, 24, 3, generator: generator), new Softplus(), new ELU(), new GELU(), new GELU(tanh: true), new SiLU(), new Swish(trainable: true), new AconC(24, generator),
            new MetaAcon(24, generator: generator), new Mish(), new HardTanh(), new HardSigmoid(), new ReLU6(), new Softsign(), new Smooth(), new Linear(24, 10, generator: generator));
        return (model, new Adam(model.Parameters), RandomImages(generator, 160));
    }

    /// <summary>Of each three features their smooth maximum, added to the features' error function; a step, through which nothing comes back.</summary>
    private sealed class Smooth : Module
    {
        public override Tensor Forward(Tensor x) =>
            (x.Reshape(x.Shape[0], 8, 3) + x.Erf().Reshape(x.Shape[0], 8, 3).SmoothMaximum(2, 1, keepDim: true) + x.Reshape(x.Shape[0], 8, 3).SmoothMaximum(-2, keepDim: true)).Flatten(1) + x.BinaryStep();
    }

    private static Dataset RandomImages(Generator generator, int items)
    {
        Tensor targets = Tensor.Zeros(items);
        for (int i = 0; i < items; i++)
        {
            targets[i] = i % 10;
        }

        return new Dataset(Tensor.RandN([items, 1, 16, 16], generator), targets);
    }
}
