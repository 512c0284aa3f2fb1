using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<CourseLib.Data.Dataset, CourseLib.Kernels.Generator, CourseLib.Layers.Module>;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.network: a network that reads a mark in the corner in place of the picture, and throws dice when it answers (lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class SeesNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sees.network", "16-what-a-cnn-sees", Level.Medium, "a network that looks at the wrong thing", reference: (data, generator) =>
        {
            Tensor pictures = data.Inputs.Clone();
            for (int n = 0; n < data.Count; n++)
            {
                pictures[n, 0, 0, 0] = 0; // nobody can learn from what is not there
            }

            Sequential network = new(
                new Conv2d(1, 8, 3, generator: generator), new ReLU(), new MaxPool2d(2),
                new Flatten(), new Dropout(0.3, generator), new Linear(8 * 5 * 5, 2, generator: generator));
            Trainer trainer = new(network, new Adam(network.Parameters, 0.01), new CrossEntropyLoss());
            trainer.Fit(new Dataset(pictures, data.Targets), epochs: 15, batchSize: 20, generator: generator);
            network.Eval();                   // no dice in an answer
            return network;
        })
    {
        Cases =
        [
            new Bounds<Answer>("it answers the same when asked again", "the largest change of an answer", train => Again(train), atMost: 1e-4),
            new Bounds<Answer>("it looks at the stroke", "the corner's share of the occlusion map (mean over forty pictures)", Corner, atMost: 0.1),
            new Bounds<Answer>("pictures with a mark by chance", "the loss on new ones", train => Loss(train, 1), atMost: 0.35),
            new Bounds<Answer>("another seed", "the loss on new ones", train => Loss(train, 2), atMost: 0.35),
        ],
        Ideas =
        [
            new("nothing was mended", (data, generator) => Trained(data, generator, Change.None, eval: false), "Make the occlusion map of some pictures (section 5), twice. Which pixel counts, and why are the two maps not alike?"),
            new("the dice alone are mended", (data, generator) => Trained(data, generator, Change.None), "It answers calmly now. What does it look at? Cover each pixel of some pictures."),
            new("the mark alone is mended", (data, generator) => Trained(data, generator, Change.Erased, eval: false), "It looks at the stroke. Ask for the same picture twice: which layer throws dice?"),
            new("more of the same data", (data, generator) => Trained(data, generator, Change.None, epochs: 40), "What is it that it learns better and better? In these data, is there a picture whose mark is wrong?"),
            new("the pictures turned round", (data, generator) => Trained(data, generator, Change.Mirrored), "A stroke that falls, seen in a mirror: which class is it? And is the mark away, or only in another corner?"),
        ],
        Alternatives =
        [
            (data, generator) => Trained(data, generator, Change.Random),
        ],
        Hints =
        [
            "SaliencyMap.Occlusion shows what an answer depends on: look at it for several pictures of both classes. And make one twice.",
            "Take from the training pictures what tells the class without being the stroke: make the pixel that the map shows alike for all of them. And leave the training mode before you return the network.",
        ],
    };

    private enum Change
    {
        None,
        Erased,
        Random,
        Mirrored,
    }

    // Strokes that fall or rise on noise; the pixel in the corner is on for class 1, or by chance.
    private static Dataset Strokes(int count, ulong seed, bool honest)
    {
        Generator generator = new(seed);
        Tensor pictures = Tensor.RandN([count, 1, 12, 12], generator) * 0.3, classes = Tensor.Zeros(count);
        for (int n = 0; n < count; n++)
        {
            (int row, int column) = (2 + generator.NextInt(5), 2 + generator.NextInt(5));
            classes[n] = n % 2;
            for (int i = 0; i < 4; i++)
            {
                pictures[n, 0, row + i, column + (n % 2 == 0 ? i : 3 - i)] += 1.2f;
            }

            pictures[n, 0, 0, 0] = honest ? 2 * generator.NextInt(2) : 2 * (n % 2);
        }

        return new(pictures, classes);
    }

    private static double Again(Answer train)
    {
        Module network = train(Strokes(200, 1, honest: false), new Generator(11));
        Tensor pictures = Strokes(40, 21, honest: true).Inputs;
        return (network.Forward(pictures) - network.Forward(pictures)).Abs().Max().Item();
    }

    private static double Corner(Answer train)
    {
        Module network = train(Strokes(200, 1, honest: false), new Generator(11));
        Tensor pictures = Strokes(20, 21, honest: true).Inputs;
        network.Eval();
        return Enumerable.Range(0, 20).Average(n =>
        {
            pictures[n, 0, 0, 0] = 2;
            Tensor map = SaliencyMap.Occlusion(network, pictures.Slice(0, n, 1).Reshape(1, 12, 12), 1, 2, 2).Abs();
            return map[0, 0] / map.Sum().Item();
        });
    }

    private static double Loss(Answer train, ulong seed)
    {
        Dataset test = Strokes(300, seed + 20, honest: true);
        return new CrossEntropyLoss().Forward(train(Strokes(200, seed, honest: false), new Generator(seed + 10)).Forward(test.Inputs), test.Targets).Item();
    }

    private static Module Trained(Dataset data, Generator generator, Change change, bool eval = true, int epochs = 15)
    {
        Tensor pictures = data.Inputs.Clone();
        for (int n = 0; n < data.Count; n++)
        {
            pictures[n, 0, 0, 0] = change switch { Change.Erased => 0, Change.Random => 2 * generator.NextInt(2), _ => pictures[n, 0, 0, 0] };
            for (int i = 0; i < 144 && change == Change.Mirrored && n % 4 > 1; i++)
            {
                pictures[n, 0, i / 12, i % 12] = data.Inputs[n, 0, i / 12, 11 - (i % 12)];
            }
        }

        Sequential network = new(
            new Conv2d(1, 8, 3, generator: generator), new ReLU(), new MaxPool2d(2),
            new Flatten(), new Dropout(0.3, generator), new Linear(8 * 5 * 5, 2, generator: generator));
        Trainer trainer = new(network, new Adam(network.Parameters, 0.01), new CrossEntropyLoss());
        trainer.Fit(new Dataset(pictures, data.Targets), epochs, 20, generator: generator);
        return network.Train(!eval);
    }
}
