using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using Answer = System.Func<CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor>;

namespace CourseLib.Course.Exercises.WhatACnnSees;

/// <summary>sees.gradient: the derivative of a convolution's largest answers by the picture (lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class SeesGradient
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sees.gradient", "16-what-a-cnn-sees", Level.Hard, "the gradient of a picture", reference: (picture, filters, bias, weights) =>
        {
            int side = filters.Shape[1];
            Tensor gradient = Tensor.Zeros(picture.Shape[0], picture.Shape[1]);
            for (int n = 0; n < filters.Shape[0]; n++)
            {
                (float best, int top, int left) = (0, 0, 0); // what is not above 0 does not come through
                for (int row = 0; row <= picture.Shape[0] - side; row++)
                {
                    for (int column = 0; column <= picture.Shape[1] - side; column++)
                    {
                        float answer = bias[n];
                        for (int p = 0; p < side * side; p++)
                        {
                            answer += filters[n, p / side, p % side] * picture[row + (p / side), column + (p % side)];
                        }

                        (best, top, left) = answer > best ? (answer, row, column) : (best, top, left);
                    }
                }

                for (int p = 0; best > 0 && p < side * side; p++) // the filter itself, pasted where it answered most
                {
                    gradient[top + (p / side), left + (p % side)] += weights[n] * filters[n, p / side, p % side];
                }
            }

            return gradient;
        })
    {
        Cases =
        [
            new("two filters of 3 x 3, both answer", answer => Ask(answer, 6, 6, 3, [1, 1])),
            new("a filter that is silent", answer => Ask(answer, 7, 9, 3, [0.5f, -40, 0.2f, 0])),
            new("filters of 4 x 4 that overlap", answer => Ask(answer, 5, 6, 4, [0, 0.3f, 1])),
        ],
        Ideas =
        [
            new("the filters turned around", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, filters.Shape[1] - 1 - i, filters.Shape[1] - 1 - j]),
                "At the best place the answer is a sum of w[i, j] times a pixel. Which pixel stands beside w[0, 0]?"),
            new("rows and columns of the filter swapped", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, j, i]),
                "Take a filter with one weight only, w[0, 2]. Which pixel does it read?"),
            new("silent filters, too", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, i, j], relu: false),
                "One filter's best answer is below 0. Change a pixel a little: what does f notice of it?"),
            new("every place that answers", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, i, j], all: true),
                "The complex cell takes the largest answer. Does a little change of the second largest reach f?"),
            new("the filter's middle on the place", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, i, j], back: filters.Shape[1] / 2),
                "Here is no padding: the answer at place (0, 0) reads the pixels from (0, 0) on. Where does its filter begin?"),
            new("the output's weights forgotten", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => filters[n, i, j]),
                "Double v of one filter. What happens to its part of f, and to your gradient?"),
            new("the patch instead of the filter", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, row, column) => weights[n] * picture[row, column]),
                "A product w x: which factor is its derivative by x?"),
            new("the size of the gradient", (picture, filters, bias, weights) => Map(picture, filters, bias, (n, i, j, _, _) => weights[n] * filters[n, i, j]).Abs(),
                "Saliency maps show the size. Asked for is the derivative itself: does more ink there help, or hurt?"),
        ],
        Alternatives =
        [
            (picture, filters, bias, weights) =>
            {
                Conv2d convolution = new(1, filters.Shape[0], filters.Shape[1], generator: new Generator(1));
                filters.Span.CopyTo(convolution.Weight.Span);
                bias.Span.CopyTo(convolution.Bias!.Value.Span);
                Tensor x = picture.Clone().Reshape(1, 1, picture.Shape[0], picture.Shape[1]).Clone().AsParameter();
                (new GlobalMaxPool2d().Forward(convolution.Forward(x).Relu()) * weights).Sum().Backward();
                return x.Grad.Clone().Reshape(picture.Shape[0], picture.Shape[1]);
            },
        ],
        Hints =
        [
            "Follow one filter. Move a pixel a little: the places that do not give the largest answer do not count. Which pixels does the one that does read, and with what weight each?",
            "For each filter: find its best place; if the answer there is above 0, add v times the filter to the gradient, from that place on. Where two filters read the same pixel, both are added.",
        ],
    };

    private static object? Ask(Answer answer, int rows, int columns, int side, float[] bias)
    {
        Generator random = new(5);
        Tensor picture = Tensor.RandN([rows, columns], random), filters = Tensor.RandN([bias.Length, side, side], random), weights = Tensor.RandN([bias.Length], random);
        return answer(picture, filters, Tensor.From(bias, bias.Length), weights);
    }

    // What is added for filter n, its row i and column j, at the picture's row and column.
    private static Tensor Map(Tensor picture, Tensor filters, Tensor bias, Func<int, int, int, int, int, float> what, bool relu = true, bool all = false, int back = 0)
    {
        (int side, int rows, int columns) = (filters.Shape[1], picture.Shape[0], picture.Shape[1]);
        Tensor gradient = Tensor.Zeros(rows, columns);
        for (int n = 0; n < filters.Shape[0]; n++)
        {
            (float Answer, int Row, int Column)[] places = [.. Enumerable.Range(0, (rows - side + 1) * (columns - side + 1)).Select(k => (k / (columns - side + 1), k % (columns - side + 1)))
                .Select(k => (bias[n] + Enumerable.Range(0, side * side).Sum(p => filters[n, p / side, p % side] * picture[k.Item1 + (p / side), k.Item2 + (p % side)]), k.Item1, k.Item2))];
            foreach ((float answer, int top, int left) in places.OrderByDescending(place => place.Answer).Take(all ? places.Length : 1).Where(place => place.Answer > 0 || !relu))
            {
                for (int p = 0; p < side * side; p++)
                {
                    (int row, int column) = (top - back + (p / side), left - back + (p % side));
                    if (row >= 0 && column >= 0) // back moves it up and left alone
                    {
                        gradient[row, column] += what(n, p / side, p % side, row, column);
                    }
                }
            }
        }

        return gradient;
    }
}
