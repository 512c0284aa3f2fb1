using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.adam: Adam's steps as in the paper, with bias correction (lecture cnn, "Адаптивные методы градиентного спуска").</summary>
internal static class OptimAdam
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor[], double, double, double, double, Tensor>>(
        "optim.adam", "08-momentum-and-adaptive", Level.Medium, "Adam, step by step", reference: (w, gradients, rate, beta1, beta2, epsilon) =>
        {
            Tensor m = Tensor.Zeros(w.Shape), v = Tensor.Zeros(w.Shape);
            for (int t = 1; t <= gradients.Length; t++)
            {
                Tensor g = gradients[t - 1];
                m = (beta1 * m) + ((1 - beta1) * g);
                v = (beta2 * v) + ((1 - beta2) * g.Square());
                Tensor corrected = m / (1 - Math.Pow(beta1, t)), size = (v / (1 - Math.Pow(beta2, t))).Sqrt();
                w -= rate * corrected / (size + epsilon);
            }

            return w;
        })
    {
        Cases =
        [
            new("one step", f => f(Start(), Gradients(1, 1), 0.1, 0.9, 0.999, 1e-8)),
            new("six steps", f => f(Start(), Gradients(6, 1), 0.3, 0.9, 0.99, 1e-8)),
            new("gradients as small as epsilon", f => f(Start(), Gradients(5, 0.01), 0.3, 0.8, 0.9, 0.01)),
        ],
        Ideas =
        [
            new("no bias correction", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, correction: false),
                "With one gradient, m is a tenth of it. What does the first step's length become, and what do the hats do about it?"),
            new("the correction of the next step", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, first: 2),
                "At the first step m is (1 - beta1) g. By what does it have to be divided to give g again?"),
            new("the same correction at each step", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, still: true),
                "The first step is right. Under a constant gradient, how large is m after ten steps? The correction has a t in it."),
            new("epsilon inside the root", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, inside: true),
                "The lectures write it so; the paper does not. Below which size of gradient does epsilon act in each form?"),
            new("the corrected means are carried on", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, carried: true),
                "What does the next step start from: from m, or from its corrected copy?"),
            new("the root forgotten", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, rate, beta1, beta2, epsilon, root: false),
                "Multiply all gradients by 10: Adam's steps should stay as they are."),
            new("uphill", (w, gradients, rate, beta1, beta2, epsilon) => Adam(w, gradients, -rate, beta1, beta2, epsilon),
                "Does w move along the gradient, or against it?"),
        ],
        Alternatives =
        [
            (w, gradients, rate, beta1, beta2, epsilon) =>
            {
                Tensor m = w * 0, v = w * 0;
                foreach ((int t, Tensor g) in gradients.Index())
                {
                    (m, v) = (m + ((g - m) * (1 - beta1)), v + (((g * g) - v) * (1 - beta2)));
                    double root = Math.Sqrt(1 - Math.Pow(beta2, t + 1)), scale = rate * root / (1 - Math.Pow(beta1, t + 1));
                    w -= scale * m / (v.Sqrt() + (epsilon * root));
                }

                return w;
            },
        ],
        Hints = ["Two running means, of g and of its square; then each is divided by what the start at 0 has taken from it.", "The first step has t = 1. The hats are copies for this step: m and v themselves go on uncorrected."],
    };

    private static Tensor Adam(
        Tensor w, Tensor[] gradients, double rate, double beta1, double beta2, double epsilon,
        bool correction = true, int first = 1, bool still = false, bool inside = false, bool carried = false, bool root = true)
    {
        Tensor m = Tensor.Zeros(w.Shape), v = Tensor.Zeros(w.Shape);
        for (int t = 0; t < gradients.Length; t++)
        {
            m = (beta1 * m) + ((1 - beta1) * gradients[t]);
            v = (beta2 * v) + ((1 - beta2) * gradients[t].Square());
            int power = still ? first : first + t;
            (Tensor corrected, Tensor square) = correction ? (m / (1 - Math.Pow(beta1, power)), v / (1 - Math.Pow(beta2, power))) : (m, v);
            (m, v) = carried ? (corrected, square) : (m, v);
            Tensor size = inside ? (square + epsilon).Sqrt() : (root ? square.Sqrt() : square) + epsilon;
            w -= rate * corrected / size;
        }

        return w;
    }

    private static Tensor Start() => Tensor.RandN([4], new Generator(1));

    private static Tensor[] Gradients(int count, double size) => [.. Enumerable.Range(2, count).Select(seed => ((Tensor.RandN([4], new Generator((ulong)seed)) * 0.4) + Tensor.From([1f, -1f, 0.5f, 2f])) * size)];
}
