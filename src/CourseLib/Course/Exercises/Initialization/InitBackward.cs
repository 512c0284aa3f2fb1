using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Initialization;

/// <summary>init.backward: measured scales, as LSUV has them, for the gradient (lectures init, "Инициализация: Xavier/Glorot", and lbd, "Почему она важна?").</summary>
internal static class InitBackward
{
    public static Grader Grader { get; } = new Grader<Func<Tensor[], Tensor, Tensor, Tensor[]>>(
        "init.backward", "05-initialization", Level.Hard, "weights that keep the gradient", reference: (weights, x, gradient) =>
        {
            List<Tensor> open = []; // 1 where a ReLU lets the signal through
            foreach (Tensor weight in weights)
            {
                Tensor z = x.MatMul(weight.Transpose());
                open.Add(z.BinaryStep());
                x = z.Relu();
            }

            Tensor[] scaled = new Tensor[weights.Length];
            for (int l = weights.Length - 1; l >= 0; l--)
            {
                Tensor before = (gradient * open[l]).MatMul(weights[l]);
                double root = Math.Sqrt(before.Square().Mean().Item());
                scaled[l] = weights[l] / root;
                gradient = before / root; // what the layer before it will receive
            }

            return scaled;
        })
    {
        Cases =
        [
            new("three square layers", answer => Ask(answer, 1, 6, 6, 6, 6)),
            new("a pyramid", answer => Ask(answer, 2, 8, 5, 3)),
            new("eight layers", answer => Ask(answer, 3, 12, 12, 10, 12, 10, 12, 10, 12, 12)),
        ],
        Ideas =
        [
            new("the signal was scaled", Forward, "These weights give every h the mean square 1. Which quantity was asked for, and from which end does it travel?"),
            new("the mean square in place of its root", (w, x, g) => Backward(w, x, g, root: false), "Weights that are twice as large make the gradient twice as large. And its mean square?"),
            new("every layer by itself", (w, x, g) => Backward(w, x, g, follow: false), "When the last layers have their new weights, does the first one still receive the gradient that you measured?"),
            new("no ReLU on the way back", (w, x, g) => Backward(w, x, g, masked: false), "Does a unit whose ReLU is closed send a gradient back?"),
            new("weights transposed on the way back", (w, x, g) => Backward(w, x, g, transposed: true), "The forward pass multiplies by W^T. By what does the chain rule multiply a row dL/dz to get dL/dx?"),
        ],
        Alternatives = [ByAutograd],
        Hints = ["Scaling by a positive number opens or closes no ReLU: one forward pass with the old weights tells which are open.", "Walk from the last layer to the first: measure the gradient before the layer, divide W by its root mean square, and go on with the gradient divided, too."],
    };

    private static object? Ask(Func<Tensor[], Tensor, Tensor, Tensor[]> answer, ulong seed, params int[] widths)
    {
        Generator g = new(seed);
        Tensor[] weights = [.. widths.Zip(widths.Skip(1), (fanIn, fanOut) => Tensor.RandN([fanOut, fanIn], g) * 0.7)];
        return answer(weights, Tensor.RandN([16, widths[0]], g), Tensor.RandN([16, widths[^1]], g) * 3);
    }

    private static Tensor[] Backward(Tensor[] weights, Tensor x, Tensor gradient, bool root = true, bool follow = true, bool masked = true, bool transposed = false)
    {
        Tensor[] z = [.. weights.Select(weight => (x = x.MatMul(weight.Transpose()).Relu()))], scaled = new Tensor[z.Length];
        for (int l = z.Length - 1; l >= 0; l--)
        {
            Tensor arriving = masked ? gradient * (1 - (-z[l]).BinaryStep()) : gradient;
            gradient = arriving.MatMul(transposed ? weights[l].Transpose() : weights[l]);
            double square = gradient.Square().Mean().Item(), size = root ? Math.Sqrt(square) : square;
            scaled[l] = weights[l] / size;
            gradient = follow ? gradient / size : gradient;
        }

        return scaled;
    }

    private static Tensor[] Forward(Tensor[] weights, Tensor x, Tensor gradient) => [.. weights.Select(weight =>
    {
        Tensor h = x.MatMul(weight.Transpose()).Relu();
        double root = Math.Sqrt(h.Square().Mean().Item());
        x = h / root;
        return weight / root;
    })];

    // The gradients of the old weights tell what each layer does to them.
    private static Tensor[] ByAutograd(Tensor[] weights, Tensor x, Tensor gradient)
    {
        List<Tensor> h = [x.Clone().AsParameter()];
        foreach (Tensor weight in weights)
        {
            h.Add(h[^1].MatMul(weight.Transpose()).Relu());
        }

        h[^1].Backward(gradient);
        double[] squares = [.. h.Select(t => (double)t.Grad.Square().Mean().Item())];
        squares[^1] = 1; // nothing rescales what arrives at the end
        return [.. weights.Select((weight, l) => weight * Math.Sqrt(squares[l + 1] / squares[l]))];
    }
}
