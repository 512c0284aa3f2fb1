using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.repair: a backward pass with three mistakes (lecture lbd, "Обратное распространение ошибки (Backpropagation)").</summary>
internal static class BackpropRepair
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)>>(
        "backprop.repair", "03-backpropagation", Level.Hard, "a backward pass with three mistakes", reference: (x, w, v, g) =>
        {
            Tensor h = x.MatMul(w.Transpose()).Tanh();
            Tensor dv = g.Transpose().MatMul(h);              // a sum over the batch
            Tensor dh = g.MatMul(v);
            Tensor da = dh * (1 - h.Square());                // h is the tanh already
            Tensor dw = da.Transpose().MatMul(x);
            return (da.MatMul(w) + g, dw, dv);                // x has two users
        })
    {
        Cases =
        [
            new("three examples", f => Ask(f, 3, 2, 4, 1)),
            new("one example", f => Ask(f, 1, 3, 2, 5)),
            new("a larger batch", f => Ask(f, 16, 3, 5, 9)),
        ],
        Ideas =
        [
            new("nothing mended", (x, w, v, g) => Given(x, w, v, g, shortcut: false, slope: false, sum: false),
                "Compare each of the three gradients with the library's. Is one of them a constant factor away?"),
            new("the shortcut's share is missing", (x, w, v, g) => Given(x, w, v, g, shortcut: false, slope: true, sum: true),
                "The weights are right. Who uses x? Count the arrows that leave it."),
            new("the slope of tanh at the wrong value", (x, w, v, g) => Given(x, w, v, g, shortcut: true, slope: false, sum: true),
                "The gradient for v is right, so it goes wrong further back. Which value was stored, and which one does the slope need?"),
            new("the mean over the batch", (x, w, v, g) => Given(x, w, v, g, shortcut: true, slope: true, sum: false),
                "The gradient for x is right. With one example all is right. What is done to the others?"),
            new("the shortcut is mended, two mistakes are left", (x, w, v, g) => Given(x, w, v, g, shortcut: true, slope: false, sum: false),
                "Begin with the gradient for v, which needs one product of matrices only. Then walk back."),
            new("the slope is mended, two mistakes are left", (x, w, v, g) => Given(x, w, v, g, shortcut: false, slope: true, sum: false),
                "By which factor do the weights' gradients differ from the library's? And what does the difference in dx look like?"),
            new("the sum is mended, two mistakes are left", (x, w, v, g) => Given(x, w, v, g, shortcut: false, slope: false, sum: true),
                "The gradient for v is right now. Draw the graph: what lies between v and x, and which ways lead to x?"),
        ],
        Alternatives =
        [
            (x, w, v, g) =>
            {
                (Tensor a, Tensor b, Tensor c) = (x.Clone().AsParameter(), w.Clone().AsParameter(), v.Clone().AsParameter());
                (a.MatMul(b.Transpose()).Tanh().MatMul(c.Transpose()) + a).Backward(g);
                return (a.Grad, b.Grad, c.Grad);
            },
        ],
        Hints = ["Find out which of the three gradients is wrong for one example, and which for a batch: that separates the mistakes.", "One mistake for each sentence: shares of all users add up; a slope is taken at the stored value; the 1/B is the loss's business."],
    };

    private static object? Ask(Func<Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> answer, int batch, int features, int hidden, ulong seed) => answer(
        Normal(batch, features, seed), Normal(hidden, features, seed + 1), Normal(features, hidden, seed + 2), Normal(batch, features, seed + 3));

    private static Tensor Normal(int rows, int columns, ulong seed) => Tensor.RandN([rows, columns], new Generator(seed)) * 0.7;

    private static (Tensor, Tensor, Tensor) Given(Tensor x, Tensor w, Tensor v, Tensor g, bool shortcut, bool slope, bool sum)
    {
        double divisor = sum ? 1 : x.Shape[0];
        Tensor h = x.MatMul(w.Transpose()).Tanh();
        Tensor da = g.MatMul(v) * (1 - (slope ? h : h.Tanh()).Square());
        Tensor dx = da.MatMul(w);
        return (shortcut ? dx + g : dx, da.Transpose().MatMul(x) / divisor, g.Transpose().MatMul(h) / divisor);
    }
}
