using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.cost: multiplications of a forward and a backward pass (lecture intro, "Backpropagation. В чем проблема?").</summary>
internal static class BackpropCost
{
    public static Grader Grader { get; } = new Grader<Func<int, int[], (double, double)>>(
        "backprop.cost", "03-backpropagation", Level.Easy, "what a backward pass costs", reference: (batch, widths) =>
        {
            double forward = 0, backward = 0;
            for (int layer = 1; layer < widths.Length; layer++)
            {
                double one = (double)batch * widths[layer - 1] * widths[layer];
                forward += one;                        // XWᵀ
                backward += layer > 1 ? 2 * one : one; // GᵀX, and GW where somebody needs it
            }

            return (forward, backward);
        })
    {
        Cases =
        [
            new("two layers", f => f(8, [3, 5, 2])),
            new("one layer", f => f(10, [4, 7])),
            new("a network for digits", f => f(32, [784, 128, 64, 10])),
        ],
        Ideas =
        [
            new("a gradient for the input, too", (batch, widths) => (Forward(batch, widths), 2 * Forward(batch, widths)),
                "Who uses the gradient by the data itself, in front of the first layer?"),
            new("only what is handed on", (batch, widths) => (Forward(batch, widths), Forward(batch, widths.AsSpan(1))),
                "These gradients travel backwards. What do the weights themselves get?"),
            new("only the weights' gradients", (batch, widths) => (Forward(batch, widths), Forward(batch, widths)),
                "How does the gradient come from the last layer to the one before it?"),
            new("the weights' gradients of one example", (batch, widths) => (Forward(batch, widths), Forward(1, widths) + Forward(batch, widths.AsSpan(1))),
                "Each entry of a weight's gradient is a sum. Over what, and how many terms has it?"),
            new("with the whole Jacobian", (batch, widths) => (Forward(batch, widths), Forward(batch, widths) + (batch * Forward(batch, widths.AsSpan(1)))),
                "Most entries of the Jacobian are 0. Which product of two matrices takes its place?"),
        ],
        Alternatives =
        [
            (batch, widths) =>
            {
                double weights = widths.Zip(widths.Skip(1), (a, b) => (double)a * b).Sum();
                return (batch * weights, batch * ((2 * weights) - ((double)widths[0] * widths[1])));
            },
        ],
        Hints = ["A product of a [B, n] and an [n, m] matrix has B·m entries, each a sum of n products.", "Each layer makes three products of matrices: one forward and two backward. One of those two is not needed in the first layer."],
    };

    private static double Forward(int batch, ReadOnlySpan<int> widths)
    {
        double sum = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            sum += (double)batch * widths[layer - 1] * widths[layer];
        }

        return sum;
    }
}
