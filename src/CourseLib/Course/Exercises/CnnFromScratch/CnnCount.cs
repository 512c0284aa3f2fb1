using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.count: weights and multiplications of a stack of blocks with a dense layer on top (lecture cnn, "CNN формально").</summary>
internal static class CnnCount
{
    public static Grader Grader { get; } = new Grader<Func<int[], int, int, int, int, (int, int)>>(
        "cnn.count", "15-cnn-from-scratch", Level.Easy, "weights and multiplications", reference: (channels, kernel, padding, size, classes) =>
        {
            int weights = 0, products = 0, n = size;
            for (int level = 1; level < channels.Length; level++)
            {
                int window = kernel * kernel * channels[level - 1];  // all maps of the level before
                n = n + (2 * padding) - kernel + 1;
                weights += (window + 1) * channels[level];
                products += window * channels[level] * n * n;        // a window at every place, before pooling
                n /= 2;
            }

            int features = channels[^1] * n * n;
            return (weights + ((features + 1) * classes), products + (features * classes));
        })
    {
        Cases =
        [
            new("two blocks of 5 x 5 without padding, 28 x 28", f => f([1, 6, 16], 5, 0, 28, 10)),
            new("one block on a colour picture of 9 x 9, padding 2", f => f([3, 4], 5, 2, 9, 3)),
            new("three blocks of 3 x 3 with padding 1, 28 x 28", f => f([1, 8, 16, 32], 3, 1, 28, 10)),
        ],
        Ideas =
        [
            new("biases forgotten", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, bias: 0),
                "What is added to the weighted sum of a window? It is learned, too."),
            new("filters that see one map", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, allMaps: false),
                "The sum of section 1 has three indices. Which of them is not a place in the window?"),
            new("zeros on one side only", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, sides: 1),
                "How many rows does a picture of n rows have with its frame of zeros?"),
            new("multiplications on the pooled map", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, pooledFirst: true),
                "How many sums must be known before pooling can choose the largest of four?"),
            new("the dense layer sees the last map before pooling", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, pooledHead: false),
                "What is the last thing that happens before the maps are laid out in a row?"),
            new("each weight multiplies once", (channels, kernel, padding, size, classes) => Count(channels, kernel, padding, size, classes, everywhere: false),
                "Right for a dense layer. At how many places is the same filter used?"),
        ],
        Alternatives =
        [
            (channels, kernel, padding, size, classes) =>
            {
                int Rows(int level) => level == 0 ? size : (Rows(level - 1) + (2 * padding) - kernel + 1) / 2;
                int Filters(int level) => kernel * kernel * channels[level - 1] * channels[level];
                int Places(int level) => (int)Math.Pow(Rows(level - 1) + (2 * padding) - kernel + 1, 2);
                int[] levels = [.. Enumerable.Range(1, channels.Length - 1)];
                int head = Rows(levels[^1]) * Rows(levels[^1]) * channels[^1] * classes;
                return (levels.Sum(level => Filters(level) + channels[level]) + head + classes, levels.Sum(level => Filters(level) * Places(level)) + head);
            },
        ],
        Hints =
        [
            "Go from level to level with the number of rows in hand: after the convolution, after the pooling. Try LeNet's first block on paper: 156 weights, 117600 multiplications.",
            "A filter of level l has kernel * kernel * channels[l - 1] weights and a bias, and is used at every place of the map before pooling. Pooling halves the rows and drops a half one.",
        ],
    };

    private static (int Weights, int Products) Count(
        int[] channels, int kernel, int padding, int size, int classes, int bias = 1, bool allMaps = true, int sides = 2, bool pooledFirst = false, bool pooledHead = true, bool everywhere = true)
    {
        int weights = 0, products = 0, n = size, before = size;
        for (int level = 1; level < channels.Length; level++)
        {
            int window = kernel * kernel * (allMaps ? channels[level - 1] : 1);
            before = n + (sides * padding) - kernel + 1;
            n = before / 2;
            int rows = pooledFirst ? n : before;
            weights += (window + bias) * channels[level];
            products += window * channels[level] * (everywhere ? rows * rows : 1);
        }

        int features = channels[^1] * (pooledHead ? n * n : before * before);
        return (weights + ((features + bias) * classes), products + (features * classes));
    }
}
