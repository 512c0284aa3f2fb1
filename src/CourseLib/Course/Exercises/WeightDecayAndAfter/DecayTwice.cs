using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>decay.twice: AdamW copied from a listing that decays twice (lecture cnn, "Adam, AdamW и другие животные", Algorithm 2).</summary>
internal static class DecayTwice
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor[], double[], double, Tensor>>(
        "decay.twice", "09-weight-decay-and-after", Level.Medium, "an AdamW that decays once", reference: (x, gradients, rates, decay) =>
        {
            Tensor m = Tensor.Zeros(x.Shape), v = Tensor.Zeros(x.Shape);
            for (int t = 1; t <= gradients.Length; t++)
            {
                Tensor g = gradients[t - 1]; // no decay in here
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g.Square());
                Tensor step = m / (1 - Math.Pow(0.9, t)) / ((v / (1 - Math.Pow(0.999, t))).Sqrt() + 1e-8);
                x -= rates[t - 1] * (step + (decay * x)); // the rate of this step, and the x before it
            }

            return x;
        })
    {
        Cases =
        [
            new("one step", f => f(Start(), Gradients(1, 1), [0.2], 0.5)),
            new("eight steps, the rate falls", f => f(Start(), Gradients(8, 1), [.. Enumerable.Range(0, 8).Select(t => 0.2 * (1 - (t / 8.0)))], 0.5)),
            new("five steps with tiny gradients", f => f(Start(), Gradients(5, 0.01), [0.3, 0.3, 0.1, 0.1, 0.1], 0.3)),
        ],
        Ideas =
        [
            new("nothing was mended", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, penalty: true, still: true, moved: true),
                "In how many lines does the decay stand? Which of them is Adam with a penalty, and which is AdamW?"),
            new("only the penalty was taken out", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, still: true, moved: true),
                "Two more to find. One shows when the rate falls: what happens to the decay then? The other shows in the very first step: which x decays?"),
            new("only the rate was mended", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, penalty: true, moved: true),
                "In how many lines does the decay stand? And which x does it act on: that before the step?"),
            new("only the order was mended", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, penalty: true, still: true),
                "In how many lines does the decay stand? And what happens to it when the rate falls?"),
            new("the penalty is still in the gradient", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, penalty: true),
                "One is left. Give a weight a gradient of 0 and look at its first step: how long is it?"),
            new("the decay keeps the first rate", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, still: true),
                "One is left: it shows only when the rate falls. What should happen to the decay then?"),
            new("weights decay that have already moved", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, moved: true),
                "One is left: it shows in the first step. Asked is x before the step in both terms."),
            new("no decay at all", (x, gradients, rates, decay) => Run(x, gradients, rates, 0), "Now it is Adam. Which of the two lines was the right one?"),
            new("the decay stays in the gradient only", (x, gradients, rates, decay) => Run(x, gradients, rates, decay, penalty: true, line9: false),
                "Now it is Adam with an L2 penalty. Which of the two lines was the right one?"),
            new("the decay without its rate", (x, gradients, rates, decay) => Run(x, gradients, rates, decay / rates[0]),
                "That is the slide's form: x loses decay times x. Asked is PyTorch's."),
        ],
        Alternatives =
        [
            (x, gradients, rates, decay) =>
            {
                Tensor m = x * 0, v = x * 0;
                foreach ((int t, Tensor g) in gradients.Index())
                {
                    (m, v) = (m + ((g - m) * 0.1), v + (((g * g) - v) * 0.001));
                    double root = Math.Sqrt(1 - Math.Pow(0.999, t + 1)), scale = rates[t] * root / (1 - Math.Pow(0.9, t + 1));
                    x = (x * (1 - (rates[t] * decay))) - (scale * m / (v.Sqrt() + (1e-8 * root)));
                }

                return x;
            },
        ],
        Hints =
        [
            "One mistake is in the line of g, two are in the last line of the loop. With gradients of 0, what should one step do to x?",
            "The gradient stays alone in the moments. From the x before the step, subtract the step's rate times Adam's step, and the same rate times decay times x.",
        ],
    };

    private static Tensor Run(Tensor x, Tensor[] gradients, double[] rates, double decay, bool penalty = false, bool still = false, bool moved = false, bool line9 = true)
    {
        Tensor m = Tensor.Zeros(x.Shape), v = Tensor.Zeros(x.Shape);
        for (int t = 1; t <= gradients.Length; t++)
        {
            Tensor g = gradients[t - 1] + ((penalty ? decay : 0) * x), before = x;
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g.Square());
            x -= rates[t - 1] * (m / (1 - Math.Pow(0.9, t)) / ((v / (1 - Math.Pow(0.999, t))).Sqrt() + 1e-8));
            x -= (line9 ? decay : 0) * rates[still ? 0 : t - 1] * (moved ? x : before);
        }

        return x;
    }

    private static Tensor Start() => Tensor.From([1f, -2f, 0.5f, 3f]);

    private static Tensor[] Gradients(int count, double size) => [.. Enumerable.Range(2, count)
        .Select(seed => (Tensor.RandN([4], new Generator((ulong)seed)) + Tensor.From([0.5f, 0.5f, -1f, 0f])) * size)];
}
