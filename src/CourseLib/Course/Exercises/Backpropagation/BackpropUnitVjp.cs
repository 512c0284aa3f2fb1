using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.unit-vjp: the vector-Jacobian product of a layer that gives each row the length 1 (lecture intro, "Backpropagation. В чем проблема?").</summary>
internal static class BackpropUnitVjp
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor>>(
        "backprop.unit-vjp", "03-backpropagation", Level.Medium, "the backward pass of rows of length 1", reference: (dy, x) =>
        {
            Tensor length = x.Square().Sum(1, keepDim: true).Sqrt(); // [B, 1], one for each row
            Tensor y = x / length;
            Tensor along = (dy * y).Sum(1, keepDim: true);           // what dy has along y
            return (dy - (y * along)) / length;
        })
    {
        Cases =
        [
            new("one row", f => f(Normal(1, 4, 1), Normal(1, 4, 2))),
            new("five rows", f => f(Normal(5, 3, 3), Normal(5, 3, 4))),
            new("long rows", f => f(Normal(4, 4, 5), Normal(4, 4, 6) * 20)),
        ],
        Ideas =
        [
            new("the length taken as a constant", (dy, x) => dy / Length(x),
                "The length is made of the same x. By how much does it change when x does?"),
            new("without the division by the length", (dy, x) => dy - (x / Length(x) * Along(dy, x)),
                "Make x ten times as long: y stays. How much does a step of fixed size in x still turn it?"),
            new("the wrong sign of the second share", (dy, x) => (dy + (x / Length(x) * Along(dy, x))) / Length(x),
                "A step along x changes the length and not y. So which part of dx has to vanish?"),
            new("one sum over the whole batch", (dy, x) => (dy - (x / Length(x) * (dy * x / Length(x)).Sum())) / Length(x),
                "Examples of a batch do not talk to each other. Over what is the sum?"),
            new("x in place of y", (dy, x) => (dy - (x * (dy * x).Sum(1, keepDim: true))) / Length(x),
                "For rows of length 1 this is right. Which powers of the length are missing for the others?"),
        ],
        Alternatives =
        [
            (dy, x) =>
            {
                Tensor input = x.Clone().AsParameter();
                (input / input.Square().Sum(1, keepDim: true).Sqrt()).Backward(dy);
                return input.Grad;
            },
        ],
        Hints = ["Begin with one row, r = |x|. y depends on x_i in two ways: directly, and through r. What is dr/dx_i?", "dr/dx_i = x_i/r = y_i. Put it into dy_j/dx_i = [i = j]/r - x_j/r² · dr/dx_i, and sum over j with the weights dL/dy_j."],
    };

    private static Tensor Normal(int rows, int columns, ulong seed) => Tensor.RandN([rows, columns], new Generator(seed));

    private static Tensor Length(Tensor x) => x.Square().Sum(1, keepDim: true).Sqrt();

    private static Tensor Along(Tensor dy, Tensor x) => (dy * x / Length(x)).Sum(1, keepDim: true);
}
