using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.NeuronAndPerceptron;

/// <summary>neuron.two-layers: two layers as two matrix products (lecture intro, "Причем тут нейроны?").</summary>
internal static class NeuronTwoLayers
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor>>(
        "neuron.two-layers", "01-neuron-and-perceptron", Level.Easy, "the output of a network with one hidden layer", reference: (x, w1, w2) =>
        {
            Tensor ones = Tensor.Ones(x.Shape[0], 1);
            Tensor hidden = ones.Concat(x, axis: 1).MatMul(w1).Sigmoid();
            return ones.Concat(hidden, axis: 1).MatMul(w2).Sigmoid();
        })
    {
        Cases =
        [
            new("four examples of three numbers, four hidden neurons", f => f(Draw(1, 4, 3), Draw(2, 4, 4), Draw(3, 5, 2))),
            new("five examples of two numbers, six hidden neurons", f => f(Draw(4, 5, 2), Draw(5, 3, 6), Draw(6, 7, 1))),
            new("XOR with weights chosen by hand", f => f(
                Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }),
                Tensor.From(new float[,] { { -5, -15 }, { 10, 10 }, { 10, 10 } }),
                Tensor.From(new float[,] { { -5 }, { 10 }, { -10 } }))),
        ],
        Ideas =
        [
            new("the 1 stands last", (x, w1, w2) => Last(Last(x).MatMul(w1).Sigmoid()).MatMul(w2).Sigmoid(),
                "Which row of W holds the biases? The 1 has to meet that row."),
            new("the hidden layer has no 1", (x, w1, w2) => First(x).MatMul(w1).Sigmoid().MatMul(Inputs(w2)).Sigmoid(),
                "The second layer has biases as well. By which input are they multiplied?"),
            new("no biases at all", (x, w1, w2) => x.MatMul(Inputs(w1)).Sigmoid().MatMul(Inputs(w2)).Sigmoid(),
                "W has one row more than x has numbers. What is that row for?"),
            new("the hidden layer is linear", (x, w1, w2) => First(First(x).MatMul(w1)).MatMul(w2).Sigmoid(),
                "Each layer ends in its activation, the hidden one too. What are two linear layers worth?"),
            new("the output has no activation", (x, w1, w2) => First(First(x).MatMul(w1).Sigmoid()).MatMul(w2),
                "Between which two numbers must every output lie?"),
            new("the first matrix is turned", (x, w1, w2) => First(First(x).MatMul(w1.Transpose()).Sigmoid()).MatMul(w2).Sigmoid(),
                "Here a row of W belongs to an input and a column to a neuron. A square matrix does not complain."),
        ],
        Alternatives =
        [
            (x, w1, w2) =>
            {
                Tensor hidden = (x.MatMul(Inputs(w1)) + w1.Slice(0, 0, 1)).Sigmoid();
                return (hidden.MatMul(Inputs(w2)) + w2.Slice(0, 0, 1)).Sigmoid();
            },
        ],
        Hints =
        [
            "Write one layer first: put a column of ones before the inputs, multiply, apply the sigmoid. The second layer does the same to the outputs of the first.",
            "Tensor.Ones(x.Shape[0], 1) is the column, and Concat(x, axis: 1) puts x to the right of it.",
        ],
    };

    private static Tensor Draw(ulong seed, int rows, int columns) => Tensor.RandN([rows, columns], new Generator(seed));

    private static Tensor First(Tensor x) => Tensor.Ones(x.Shape[0], 1).Concat(x, axis: 1);

    private static Tensor Last(Tensor x) => x.Concat(Tensor.Ones(x.Shape[0], 1), axis: 1);

    // The weights without the row of biases.
    private static Tensor Inputs(Tensor w) => w.Slice(0, 1, w.Shape[0] - 1);
}
