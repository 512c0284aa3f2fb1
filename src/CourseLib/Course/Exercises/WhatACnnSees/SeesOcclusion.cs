using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using Answer = System.Func<CourseLib.Layers.Module, CourseLib.Tensors.Tensor, int, int, int, CourseLib.Tensors.Tensor>;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.occlusion: an occlusion map with four faults (lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class SeesOcclusion
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sees.occlusion", "16-what-a-cnn-sees", Level.Medium, "repair the occlusion map", reference: (network, picture, unit, window, stride) =>
        {
            int rows = picture.Shape[1], columns = picture.Shape[2];
            float Score(Tensor x) => network.Forward(x.Reshape(1, 1, rows, columns))[0, unit];
            network.Eval(); // a question, no training: no dropout
            float before = Score(picture);
            Tensor map = Tensor.Zeros(((rows - window) / stride) + 1, ((columns - window) / stride) + 1);
            for (int i = 0; i < map.Length; i++)
            {
                (int down, int across) = (i / map.Shape[1], i % map.Shape[1]);
                Tensor covered = picture.Clone(); // a fresh picture for each place
                for (int p = 0; p < window * window; p++)
                {
                    covered[0, (down * stride) + (p / window), (across * stride) + (p % window)] = 0;
                }

                map[down, across] = before - Score(covered); // how much it falls
            }

            return map;
        })
    {
        Cases =
        [
            new("a picture of 6 x 6, window 2, stride 2", answer => answer(Network(6, 6), Picture(6, 6), 1, 2, 2)),
            new("windows that overlap", answer => answer(Network(5, 5), Picture(5, 5), 0, 3, 1)),
            new("a picture of 7 x 10", answer => answer(Network(7, 10), Picture(7, 10), 2, 4, 3)),
        ],
        Ideas =
        [
            new("nothing was mended", (network, picture, unit, window, stride) => Map(network, picture, unit, window, 1, Fault.Copy | Fault.Mode | Fault.Sign, places: stride),
                "Begin with the table above the exercise: a network that adds up the ink. What does each of its nine numbers have to be?"),
            new("the picture and the mode are still as they were", (network, picture, unit, window, stride) => Map(network, picture, unit, window, stride, Fault.Copy | Fault.Mode),
                "The arithmetic is right now. Two things last longer than they should: what does the first place leave behind for the second, and why are two calls not alike?"),
            new("the cover stays", (network, picture, unit, window, stride) => Map(network, picture, unit, window, stride, Fault.Copy),
                "Look at the picture after your method has run. A Tensor is a reference: what does = copy?"),
            new("the network still trains", (network, picture, unit, window, stride) => Map(network, picture, unit, window, stride, Fault.Mode),
                "Ask for the same map twice. A layer of the network throws dice: when must it not?"),
            new("the rise in place of the fall", (network, picture, unit, window, stride) => Map(network, picture, unit, window, stride, Fault.Sign),
                "Cover a part that the answer needs. Does the score rise, and what sign does your map have there?"),
            new("the cover moves by one pixel", (network, picture, unit, window, stride) => Map(network, picture, unit, window, 1, Fault.None, places: stride),
                "With stride 3, at which pixel does the second place begin?"),
        ],
        Alternatives =
        [
            (network, picture, unit, window, stride) => SaliencyMap.Occlusion(network, picture, unit, window, stride),
        ],
        Hints =
        [
            "The adding network shows three faults: nine equal numbers, above 0, whatever the order of the places; and the same numbers when asked again. The fourth is which pixels are covered.",
            "Compare with Covered and Score of section 5: the copy, the sign, the place times the stride. And before the first score the network has to leave the training mode.",
        ],
    };

    [Flags]
    private enum Fault
    {
        None = 0,
        Copy = 1,
        Mode = 2,
        Sign = 4,
    }

    private static Tensor Map(Module network, Tensor picture, int unit, int window, int stride, Fault faults, int places = 0)
    {
        int rows = picture.Shape[1], columns = picture.Shape[2], every = places > 0 ? places : stride;
        float Score(Tensor x) => network.Forward(x.Reshape(1, 1, rows, columns))[0, unit];
        network.Train(faults.HasFlag(Fault.Mode));
        float before = Score(picture);
        Tensor map = Tensor.Zeros(((rows - window) / every) + 1, ((columns - window) / every) + 1);
        for (int i = 0; i < map.Length; i++)
        {
            Tensor covered = faults.HasFlag(Fault.Copy) ? picture : picture.Clone();
            for (int p = 0; p < window * window; p++)
            {
                covered[0, (i / map.Shape[1] * stride) + (p / window), (i % map.Shape[1] * stride) + (p % window)] = 0;
            }

            map.Span[i] = faults.HasFlag(Fault.Sign) ? Score(covered) - before : before - Score(covered);
        }

        return map;
    }

    private static Sequential Network(int rows, int columns)
    {
        Generator generator = new(1);
        return new(new Flatten(), new Linear(rows * columns, 8, generator: generator), new Tanh(), new Dropout(0.5, new Generator(2)), new Linear(8, 3, generator: generator));
    }

    private static Tensor Picture(int rows, int columns) => Tensor.Rand([1, rows, columns], new Generator(3)) + 0.5;
}
