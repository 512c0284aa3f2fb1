using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>decay.half: how long a weight without gradients lives under momentum and a penalty (lecture cnn, "Adam, AdamW и другие животные").</summary>
internal static class DecayHalf
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, int>>(
        "decay.half", "09-weight-decay-and-after", Level.Easy, "the half-life of a dead weight", reference: (rate, beta, penalty) =>
        {
            double x = 1, m = 0;
            int t = 0;
            while (x > 0.5)
            {
                m = (beta * m) + (rate * penalty * x); // the gradient of the loss is 0, that of the penalty is not
                x -= m;
                t++;
            }

            return t;
        })
    {
        Cases =
        [
            new("rate 0.1, momentum 0.9, penalty 0.01", f => f(0.1, 0.9, 0.01)),
            new("no momentum", f => f(0.1, 0, 0.01)),
            new("rate 0.5, momentum 0.5, penalty 0.1", f => f(0.5, 0.5, 0.1)),
            new("rate 0.05, momentum 0.99, penalty 0.02", f => f(0.05, 0.99, 0.02)),
        ],
        Ideas =
        [
            new("momentum is forgotten", (rate, beta, penalty) => Steps(rate * penalty, 0), "This is plain SGD. What does the velocity do with the penalty's gradient?"),
            new("decay without the rate", (rate, beta, penalty) => Steps(penalty, 0), "This is SGDW. Where does the penalty enter: beside the step, or with the gradient?"),
            new("decay without the rate, in the velocity", (rate, beta, penalty) => Steps(penalty, beta), "The gradient of the penalty is a gradient like all others. By what is it multiplied?"),
            new("the long run from the first step on", (rate, beta, penalty) => (int)Math.Ceiling(Math.Log(2) * (1 - beta) / (rate * penalty)),
                "In the long run that is about the speed. Has the velocity this size after the first step? And if it has not yet settled when half is lost?"),
            new("the penalty without its half", (rate, beta, penalty) => Steps(2 * rate * penalty, beta), "What is the derivative of penalty / 2 times x²?"),
            new("the half is taken twice", (rate, beta, penalty) => Steps(rate * penalty / 2, beta), "What is the derivative of penalty / 2 times x²?"),
            new("an average instead of a sum", (rate, beta, penalty) => Steps((1 - beta) * rate * penalty, beta), "1 - beta before the gradient is Adam's way to average. The velocity of section 4 adds up."),
            new("one step less", (rate, beta, penalty) => Steps(rate * penalty, beta) - 1, "How large is x after so many steps?"),
        ],
        Alternatives =
        [
            (rate, beta, penalty) =>
            {
                List<double> x = [1, 1 - (rate * penalty)];
                while (x[^1] > 0.5)
                {
                    x.Add(((1 + beta - (rate * penalty)) * x[^1]) - (beta * x[^2]));
                }

                return x.Count - 1;
            },
        ],
        Hints =
        [
            "No formula is needed: start with x = 1 and a velocity of 0, make steps while x is above one half, count them.",
            "The gradient of the whole is 0 + penalty * x. In each step the velocity becomes beta times itself plus rate times that, and x loses the velocity.",
        ],
    };

    private static int Steps(double share, double beta)
    {
        int t = 0;
        for (double x = 1, m = 0; x > 0.5; t++)
        {
            m = (beta * m) + (share * x);
            x -= m;
        }

        return t;
    }
}
