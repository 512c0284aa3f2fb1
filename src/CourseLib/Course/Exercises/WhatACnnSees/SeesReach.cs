using CourseLib.Analysis;
using CourseLib.Course.Grading;
using Answer = System.Func<int, int, (int Kernel, int Stride, int Padding)[], (int First, int Last)>;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.reach: the units that see a given pixel, the receptive field the other way round (lecture cnn, "Зрительная кора").</summary>
internal static class SeesReach
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sees.reach", "16-what-a-cnn-sees", Level.Medium, "the units that see a pixel", reference: (row, rows, layers) =>
        {
            (int first, int last) = (row, row);
            foreach ((int kernel, int stride, int padding) in layers)
            {
                // Unit i sees i stride - padding ... i stride - padding + kernel - 1. The first unit sees our first row with its last one, the last with its first.
                first = (int)Math.Ceiling((first + padding - kernel + 1) / (double)stride);
                last = (last + padding) / stride;
                rows = ((rows + (2 * padding) - kernel) / stride) + 1;
                (first, last) = (Math.Max(first, 0), Math.Min(last, rows - 1));
            }

            return (first, last);
        })
    {
        Cases =
        [
            new("all 28 rows, a convolution of 5 with padding 2", answer => Ask(answer, 28, (5, 1, 2))),
            new("a convolution and a pooling", answer => Ask(answer, 28, (3, 1, 0), (2, 2, 0))),
            new("LeNet's level 2", answer => Ask(answer, 28, (5, 1, 2), (2, 2, 0), (5, 1, 0))),
            new("strides of 2 and padding", answer => Ask(answer, 15, (3, 2, 1), (3, 2, 1))),
        ],
        Ideas =
        [
            new("the field of a unit instead", (row, rows, layers) => (ReceptiveField.At(row, 0, layers).Top, ReceptiveField.At(row, 0, layers).Top + ReceptiveField.At(row, 0, layers).Rows - 1),
                "This is what unit number row sees. The question is the other way round: who sees pixel row?"),
            new("the padding forgotten", (row, rows, layers) => Through(row, rows, layers, sign: 0),
                "With a convolution of 3 and padding 1, which unit stands right above pixel 10?"),
            new("the padding with the wrong sign", (row, rows, layers) => Through(row, rows, layers, sign: -1),
                "Unit i sees from i stride - padding on. Solve that for i: on which side does the padding stand then?"),
            new("units that do not exist", (row, rows, layers) => Through(row, rows, layers, clip: false),
                "Ask about pixel 0 and about the last one. How many units does each layer have, and which number has the first?"),
            new("rounded down where it should be up", (row, rows, layers) => Through(row, rows, layers, up: false),
                "A pooling of 2 with stride 2: every pixel has one unit alone. Does pixel 2 reach unit 0?"),
            new("one unit too many", (row, rows, layers) => Through(row, rows, layers, more: 1),
                "A kernel of 1 sees one pixel. How many units see a pixel then, in your answer?"),
            new("from the top layer down", (row, rows, layers) => Through(row, rows, [.. Enumerable.Reverse(layers)]),
                "A field is worked out from the unit down to the picture. You start at the picture: which layer does the pixel meet first?"),
        ],
        Alternatives =
        [
            (row, rows, layers) =>
            {
                bool[] reached = [.. Enumerable.Range(0, rows).Select(i => i == row)];
                foreach ((int kernel, int stride, int padding) in layers)
                {
                    bool[] below = reached;
                    reached = [.. Enumerable.Range(0, ((below.Length + (2 * padding) - kernel) / stride) + 1)
                        .Select(unit => Enumerable.Range((unit * stride) - padding, kernel).Any(i => i >= 0 && i < below.Length && below[i]))];
                }

                return (Array.IndexOf(reached, true), Array.LastIndexOf(reached, true));
            },
        ],
        Hints =
        [
            "One layer first. Unit i sees the rows i stride - padding to i stride - padding + kernel - 1. Solve both inequalities for i, and mind that i is whole: one is rounded up, the other down.",
            "Keep an interval first … last. Through each layer, from the picture on: first becomes (first + padding - kernel + 1) / stride rounded up, last becomes (last + padding) / stride rounded down; both have to stay among the units that exist.",
        ],
    };

    private static object? Ask(Answer answer, int rows, params (int Kernel, int Stride, int Padding)[] layers)
    {
        (int First, int Last)[] all = [.. Enumerable.Range(0, rows).Select(row => answer(row, rows, layers))];
        return (all.Select(units => units.First).ToArray(), all.Select(units => units.Last).ToArray());
    }

    private static (int First, int Last) Through(int row, int rows, (int Kernel, int Stride, int Padding)[] layers, int sign = 1, bool clip = true, bool up = true, int more = 0)
    {
        (int first, int last) = (row, row);
        foreach ((int kernel, int stride, int padding) in layers)
        {
            double from = (first + (sign * padding) - kernel + 1 - more) / (double)stride, to = (last + (sign * padding)) / (double)stride;
            rows = ((rows + (2 * padding) - kernel) / stride) + 1;
            (first, last) = ((int)(up ? Math.Ceiling(from) : Math.Floor(from)), (int)Math.Floor(to));
            (first, last) = clip ? (Math.Max(first, 0), Math.Min(last, rows - 1)) : (first, last);
        }

        return (first, last);
    }
}
