using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.floor: the loss that labels at random leave at least (lecture perc, "Early stopping").</summary>
internal static class RegFloor
{
    public static Grader Grader { get; } = new Grader<Func<double, int, double>>(
        "reg.floor", "11-regularization", Level.Easy, "the loss below which a network learns by heart", reference: (share, classes) =>
        {
            double other = share / classes;            // the chance of each wrong label
            double right = 1 - share + other;          // a random label may be the right one
            double loss = -right * Math.Log(right);    // best is to answer with just these chances
            return loss - ((classes - 1) * other * Math.Log(other));
        })
    {
        Cases =
        [
            new("a fifth of ten classes", answer => answer(0.2, 10)),
            new("half of two classes", answer => answer(0.5, 2)),
            new("a hundredth of four classes", answer => answer(0.01, 4)),
            new("all of five classes", answer => answer(1, 5)),
        ],
        Ideas =
        [
            new("a random label is never the right one", (share, classes) => Entropy(1 - share, share / (classes - 1), classes), "A die with ten sides is thrown for the new label. May it show the right digit?"),
            new("only one wrong label counted", (share, classes) => Entropy(1 - share + (share / classes), share / classes, 2), "How many wrong labels are there, and which share of the examples has each?"),
            new("only the loss on right labels", (share, classes) => -Math.Log(1 - share + (share / classes)), "That is what an example with its right label costs. What do the others cost, and how many are they?"),
            new("sure of the right ones, guessing on the random ones", (share, classes) => share * Math.Log(classes), "That network knows which labels were replaced. Can yours see that in the picture?"),
            new("in bits", (share, classes) => Entropy(1 - share + (share / classes), share / classes, classes) / Math.Log(2), "Which logarithm does the cross-entropy take?"),
            new("answers as sure as if all labels were right", (share, classes) => share * (classes - 1) / classes, "That is the share of wrong labels. The loss asks how much chance the network gave to the label that came: which chances would you give?"),
        ],
        Alternatives =
        [
            (share, classes) =>
            {
                double[] chances = [.. Enumerable.Range(0, classes).Select(label => (share / classes) + (label == 0 ? 1 - share : 0))];
                return chances.Sum(chance => chance * Math.Log(1 / chance));
            },
        ],
        Hints = ["Take one picture whose digit is beyond doubt. With which chance does each of the labels stand beside it? A network that answers with q pays the mean of -ln q(label).", "No other answer is cheaper than the true chances themselves. Sum chance times -ln chance over all labels: one of them is the right one, the others are alike."],
    };

    private static double Entropy(double right, double other, int classes) => -(right * Math.Log(right)) - ((classes - 1) * other * Math.Log(other));
}
