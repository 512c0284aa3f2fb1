using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Initialization;

/// <summary>init.silu: He's rule for another activation, by measurement (lecture init, "Инициализация: Хе").</summary>
internal static class InitSilu
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "init.silu", "05-initialization", Level.Medium, "n Var[w] for SiLU", reference: () =>
        {
            Tensor z = Tensor.RandN([400_000], new Generator(1));
            Tensor h = z * z.Sigmoid();
            double kept = h.Square().Mean().Item(); // E[h^2], where E[z^2] = 1
            return 1 / kept;                        // n Var[w] E[h^2] = 1
        })
    {
        Cases = [new("n Var[w] that keeps E[z²] = 1", answer => answer(), tolerance: 0.02)],
        Ideas =
        [
            new("the rule for ReLU", () => 2, "ReLU lets half of the second moment through. Measure how much of it SiLU lets through."),
            new("the rule without an activation", () => 1, "What does the activation do to the second moment?"),
            new("the share that comes through, not what makes up for it", () => 0.3557, "With this number a layer would make the signal even smaller. Which factor makes up for a loss of one half?"),
            new("the factor for the deviation", () => 1.6767, "This is by how much the weights have to be larger. What does that do to their variance?"),
            new("the variance behind the activation", () => 3.195, "SiLU's outputs have a mean that is not 0. Which of the two, variance or second moment, enters Var[z] of the next layer?"),
            new("only the slope at 0", () => 4, "SiLU is about z/2 for small z. How far from 0 do numbers of N(0, 1) lie?"),
        ],
        Alternatives =
        [
            () =>
            {
                double sum = 0;
                for (int i = -4000; i < 4000; i++)
                {
                    double z = i * 0.002, h = z / (1 + Math.Exp(-z));
                    sum += 0.002 * h * h * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
                }

                return 1 / sum;
            },
        ],
        Hints = ["Draw many z from N(0, 1), send them through SiLU, and look at the mean of the squares.", "Var[z] of the next layer is n Var[w] E[h^2]. It should be 1 again."],
    };
}
