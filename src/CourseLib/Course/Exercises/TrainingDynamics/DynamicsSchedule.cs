using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.TrainingDynamics;

/// <summary>dynamics.schedule: a rate that warms up, stays and falls (lectures intro, "Warmup", and perc, "Learning rate scheduling").</summary>
internal static class DynamicsSchedule
{
    public static Grader Grader { get; } = new Grader<Func<int, double, int, int, int, double>>(
        "dynamics.schedule", "10-training-dynamics", Level.Easy, "a rate that warms up, stays and falls", reference: (t, peak, warm, cool, total) =>
        {
            double up = (t + 1.0) / warm;                          // step 0 makes the first share already
            double down = (total - t) / (double)cool;              // step total, which is not made, would have 0
            return peak * Math.Max(0, Math.Min(1, Math.Min(up, down)));
        })
    {
        Cases =
        [
            new("a training of 30 steps", answer => Rates(answer, 0, 30, 0.1, 5, 10, 30)),
            new("one step of warm-up, four to cool down", answer => Rates(answer, 0, 12, 2, 1, 4, 12)),
            new("asked before and after the end", answer => Rates(answer, 15, 26, 1, 4, 6, 20)),
        ],
        Ideas =
        [
            new("quotients of whole numbers", (t, peak, warm, cool, total) => peak * Math.Max(0, Math.Min(1, Math.Min((t + 1) / warm, (total - t) / cool))),
                "What is 3 / 5 in C#, when both are int?"),
            new("the first step stands still", (t, peak, warm, cool, total) => Rate(peak, t / (double)warm, (total - t) / (double)cool),
                "Print the rate of step 0. What does a step with that rate do, and which step is the first one with the peak?"),
            new("the last step stands still", (t, peak, warm, cool, total) => Rate(peak, (t + 1.0) / warm, (total - 1 - t) / (double)cool),
                "Steps are numbered from 0. Which is the last one that is made, and which rate should it have?"),
            new("the rate climbs after the end", (t, peak, warm, cool, total) => peak * Math.Min(1, Math.Min((t + 1.0) / warm, (total - t) / (double)cool)),
                "The training is right. Now somebody asks for a few steps more: in which direction does a step with that rate go?"),
            new("no plateau between", (t, peak, warm, cool, total) => Rate(peak, (t + 1.0) / warm, (total - t) / (double)(total - warm)),
                "Your rate begins to fall as soon as it is warm. How many steps is the fall meant to take?"),
            new("no warm-up", (t, peak, warm, cool, total) => Rate(peak, 1, (total - t) / (double)cool),
                "The end is right. What is the rate of the first steps?"),
        ],
        Alternatives =
        [
            (t, peak, warm, cool, total) => t < warm ? peak * (t + 1) / warm : t < total - cool ? peak : t < total ? peak * (total - t) / cool : 0,
            (t, peak, warm, cool, total) => peak * Math.Clamp((t + 1.0) / warm, 0, 1) * Math.Clamp((total - t) / (double)cool, 0, 1),
        ],
        Hints = ["Write the rising line and the falling line as shares of the peak, each for itself. Which of the two holds at step t?", "The smaller one holds, but never more than 1 and never less than 0. Check step 0, step warm - 1, step total - 1 on paper, and divide doubles."],
    };

    private static double Rate(double peak, double up, double down) => peak * Math.Max(0, Math.Min(1, Math.Min(up, down)));

    private static double[] Rates(Func<int, double, int, int, int, double> answer, int from, int to, double peak, int warm, int cool, int total) =>
        [.. Enumerable.Range(from, to - from).Select(t => answer(t, peak, warm, cool, total))];
}
