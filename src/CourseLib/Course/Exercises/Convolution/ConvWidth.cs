using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Convolution;

/// <summary>conv.width: how wide the part of the picture is that really counts for a number of a deep map (beyond lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class ConvWidth
{
    public static Grader Grader { get; } = new Grader<Func<int, double>>(
        "conv.width", "14-convolution", Level.Medium, "how wide a number really looks", reference: layers =>
        {
            Tensor map = Tensor.Ones(1, 1, 1, 1), weights = Tensor.Full(1 / 9.0, 1, 1, 3, 3);
            for (int layer = 0; layer < layers; layer++)
            {
                map = Functional.Conv2d(map, weights, padding: 2); // all places that the point reaches
            }

            double sum = 0;
            for (int i = 0; i < map.Shape[2]; i++)
            {
                for (int j = 0; j < map.Shape[3]; j++)
                {
                    sum += map[0, 0, i, j] * (i - layers) * (i - layers);
                }
            }

            return Math.Sqrt(sum);
        })
    {
        Cases =
        [
            new("four layers", answer => answer(4), tolerance: 0.01),
            new("one layer", answer => answer(1), tolerance: 0.01),
            new("25 layers", answer => answer(25), tolerance: 0.01),
        ],
        Ideas =
        [
            new("all pixels of the field count alike", layers => Math.Sqrt(((((2 * layers) + 1) * ((2 * layers) + 1)) - 1) / 12.0),
                "In how many ways does a corner of the field come to the number, and in how many the pixel in the middle? Look at the map as a picture."),
            new("half of the field", layers => layers,
                "So far away lies the last pixel that counts at all. How much does it count?"),
            new("each layer adds the width of one", layers => layers * Math.Sqrt(2 / 3.0),
                "Right for one layer. Does every layer push in the same direction?"),
            new("the variance", layers => 2 * layers / 3.0, "The standard deviation is asked for. Which unit has your number?"),
            new("rows and columns together", layers => Math.Sqrt(4 * layers / 3.0), "The distance is counted in rows only. Is yours as the crow flies?"),
        ],
        Alternatives =
        [
            layers => Math.Sqrt(2 * layers / 3.0),
            layers =>
            {
                Tensor picture = Tensor.Zeros(1, 1, (2 * layers) + 1, (2 * layers) + 1).AsParameter(), map = picture;
                for (int layer = 0; layer < layers; layer++)
                {
                    map = Functional.Conv2d(map, Tensor.Full(1 / 9.0, 1, 1, 3, 3));
                }

                map.Sum().Backward();
                Tensor rows = picture.Grad.Reshape((2 * layers) + 1, -1).Sum(1), away = Tensor.Arange(-layers, layers + 1);
                return Math.Sqrt((rows * away.Square()).Sum().Item());
            },
        ],
        Hints =
        [
            "Two ways: a picture of 2n + 1 rows whose only output is asked for its gradient, or a single pixel of 1 sent through n layers with a padding of 2, so that nothing is cut off.",
            "The numbers of that map add up to 1: they are shares. Add up share times (row - n) squared, and take the root.",
        ],
    };
}
