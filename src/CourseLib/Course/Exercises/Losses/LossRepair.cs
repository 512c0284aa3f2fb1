using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Losses;

/// <summary>loss.repair: a classifier whose loss is fed with the wrong things (lectures init, "Задачи и функции потерь"; lbd, "Функции потерь").</summary>
internal static class LossRepair
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Generator, Module>>(
        "loss.repair", "04-losses", Level.Hard, "a classifier that knows how sure it is", reference: (x, y, generator) =>
        {
            Sequential net = new(new Linear(2, 16, generator: generator), new ReLU(), new Linear(16, 3, generator: generator));
            Adam adam = new(net.Parameters, lr: 0.02);
            CrossEntropyLoss loss = new(ignoreIndex: -1);  // a label that nobody knows teaches nothing
            for (int step = 0; step < 200; step++)
            {
                adam.ZeroGrad();
                loss.Forward(net.Forward(x), y).Backward(); // logits: the loss has the softmax in it
                adam.Step();
            }

            return net;
        })
    {
        Cases =
        [
            new Bounds<Func<Tensor, Tensor, Generator, Module>>("it is right, and as sure as it may be", "the cross-entropy of the test points", train => Tested(train, 1), atMost: 0.55),
            new Bounds<Func<Tensor, Tensor, Generator, Module>>("other points, another start", "the cross-entropy of the test points", train => Tested(train, 2), atMost: 0.55),
        ],
        Ideas =
        [
            new("nothing mended", (x, y, generator) => Trained(x, generator, o => new CrossEntropyLoss().Forward(Functional.Softmax(o), y.Relu())),
                "Two things are done before the loss sees them, one to the labels and one to the logits. Are both right?"),
            new("missing labels are still class 0", (x, y, generator) => Trained(x, generator, o => new CrossEntropyLoss().Forward(o, y.Relu())),
                "How often does the network answer 0? Count how many labels of each class it was given."),
            new("softmax twice", (x, y, generator) => Trained(x, generator, o => new CrossEntropyLoss(ignoreIndex: -1).Forward(Functional.Softmax(o), y)),
                "It tells the classes apart, and is far too sure of it. What does CrossEntropyLoss do with its input first?"),
            new("a class for what is missing", (x, y, generator) => Trained(x, generator, o => new CrossEntropyLoss().Forward(o, Numbered(y)), outputs: 4),
                "\"Nobody wrote it down\" is no kind of point. Which answer does the network give most often now?"),
            new("squared error of outputs against 0 and 1", (x, y, generator) => Trained(x, generator, o => SquaredError(o, y)),
                "The outputs are read as logits. Outputs between 0 and 1 make what probabilities?"),
        ],
        Alternatives =
        [
            (x, y, generator) =>
            {
                int[] known = [.. Enumerable.Range(0, y.Length).Where(i => y[i] >= 0)];
                (Tensor points, Tensor labels) = (x.SelectRows(known), y.SelectRows(known));
                Sequential net = new(new Linear(2, 12, generator: generator), new ELU(), new Linear(12, 3, generator: generator));
                SGD descent = new(net.Parameters, lr: 0.2, momentum: 0.9);
                for (int step = 0; step < 150; step++)
                {
                    descent.ZeroGrad();
                    new NLLLoss().Forward(Functional.LogSoftmax(net.Forward(points)), labels).Backward();
                    descent.Step();
                }

                return net;
            },
        ],
        Hints = ["Print how often the network says 0, 1 and 2, and how large its largest probability is on average. The first shows one mistake, the second the other.", "Section 3 of the lecture: what the loss takes is logits, and it has a switch for labels that do not count."],
    };

    private static double Tested(Func<Tensor, Tensor, Generator, Module> train, ulong seed)
    {
        Dataset points = ToySets.Blobs(600, spread: 1.2f, generator: new Generator(seed)), test = ToySets.Blobs(900, spread: 1.2f, generator: new Generator(seed + 100));
        Generator lose = new(seed + 5);
        Tensor known = Tensor.From([.. points.Targets.ToArray().Select(label => lose.NextSingle() < 0.6 ? -1 : label)]);
        Tensor said = train(points.Inputs, known, new Generator(seed)).Forward(test.Inputs);
        return new CrossEntropyLoss().Forward(said, test.Targets).Item();
    }

    private static Sequential Trained(Tensor x, Generator generator, Func<Tensor, Tensor> loss, int outputs = 3)
    {
        Sequential net = new(new Linear(2, 16, generator: generator), new ReLU(), new Linear(16, outputs, generator: generator));
        Adam adam = new(net.Parameters, lr: 0.02);
        for (int step = 0; step < 200; step++)
        {
            adam.ZeroGrad();
            loss(net.Forward(x)).Backward();
            adam.Step();
        }

        return net;
    }

    private static Tensor Numbered(Tensor y) => Tensor.From([.. y.ToArray().Select(label => label < 0 ? 3 : label)]);

    private static Tensor SquaredError(Tensor outputs, Tensor y)
    {
        int[] known = [.. Enumerable.Range(0, y.Length).Where(i => y[i] >= 0)];
        Tensor targets = Tensor.From([.. known.SelectMany(i => Enumerable.Range(0, 3).Select(c => c == (int)y[i] ? 1f : 0))], known.Length, 3);
        return (outputs.SelectRows(known) - targets).Square().Sum() / known.Length;
    }
}
