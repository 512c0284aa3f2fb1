using CourseLib.Course.Grading;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Models;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.stay: how long the chain of a restricted Boltzmann machine stays in one of two halves (lecture perc, "Предобучение"; contrastive divergence, Hinton 2002).</summary>
internal static class PretrainStay
{
    public static Grader Grader { get; } = new Grader<Func<int, double, double>>(
        "pretrain.stay", "13-pretraining", Level.Medium, "how long a chain stays", reference: (visible, w) =>
        {
            RestrictedBoltzmannMachine machine = new(visible, 1, new Constant(w), new Generator(1));
            machine.VisibleBias.Fill(-w / 2);
            machine.HiddenBias.Fill(-visible * w / 2);
            Tensor h = Tensor.Ones(2000, 1); // 2000 chains at once
            double changes = 0;
            for (int step = 0; step < 200; step++)
            {
                Tensor next = machine.SampleHidden(machine.SampleVisible(h));
                changes += (next - h).Abs().Sum().Item();
                h = next;
            }

            return 2000 * 200 / changes; // steps for one change
        })
    {
        Cases =
        [
            new("6 pixels, w = 2", answer => answer(6, 2), tolerance: 0.05),
            new("6 pixels, w = 3.5", answer => answer(6, 3.5), tolerance: 0.05),
            new("12 pixels, w = 2", answer => answer(12, 2), tolerance: 0.05),
        ],
        Ideas =
        [
            new("changes for one step", Rate, "That is how many changes there are in one step. How many steps are there for one change?"),
            new("the way there and back", (visible, w) => 2 / Rate(visible, w), "From one change to the next, not to the one after it: how many steps?"),
            new("the step of the change not counted", (visible, w) => (1 / Rate(visible, w)) - 1, "When every step changes h, a half lasts one step, not none."),
            new("from all pixels on", (visible, w) => 1 + Math.Exp(visible * w / 2), "So seldom would h change if all pixels were always on. Are they, given h = 1?"),
            new("probabilities in place of drawn pixels", (visible, w) => 1 + Math.Exp(visible * w * ((1 / (1 + Math.Exp(-w / 2))) - 0.5)),
                "The pixels at their mean hardly let h change. Which pictures do let it, and does a chain meet them?"),
            new("a coin at every step", (_, _) => 2, "Without weights, yes. What does h = 1 make of the pixels, and these of h?"),
        ],
        Alternatives =
        [
            (visible, w) =>
            {
                double on = 1 / (1 + Math.Exp(-w / 2)), change = 0, ways = 1; // ways to choose k of the pixels
                for (int k = 0; k <= visible; k++)
                {
                    change += ways * Math.Pow(on, k) * Math.Pow(1 - on, visible - k) / (1 + Math.Exp(w * (k - (visible / 2.0))));
                    ways = ways * (visible - k) / (k + 1);
                }

                return 1 / change;
            },
        ],
        Hints =
        [
            "Let many chains run side by side, [2000, 1] hidden units, with SampleVisible and SampleHidden. Count in how many of all steps h is another one than before.",
            "Mean length = all steps of all chains over all changes. The biases are set with machine.VisibleBias.Fill(...) and machine.HiddenBias.Fill(...), the weights by new Constant(w).",
        ],
    };

    // The probability that h is another one after a step: both halves are alike, so that from h = 1 is enough.
    private static double Rate(int visible, double w)
    {
        double on = 1 / (1 + Math.Exp(-w / 2)), change = 0, ways = 1;
        for (int k = 0; k <= visible; k++)
        {
            change += ways * Math.Pow(on, k) * Math.Pow(1 - on, visible - k) / (1 + Math.Exp(w * (k - (visible / 2.0))));
            ways = ways * (visible - k) / (k + 1);
        }

        return change;
    }
}
