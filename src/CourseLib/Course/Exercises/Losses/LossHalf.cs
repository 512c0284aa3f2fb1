using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Losses;

/// <summary>loss.half: what a network trained with a weight says where the truth is one half (lecture init, "Задачи и функции потерь": the cost of an error).</summary>
internal static class LossHalf
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "loss.half", "04-losses", Level.Medium, "what a weighted network says where the truth is 1/2", reference: () =>
        {
            Dataset patients = ToySets.Clouds([[0], [1.5]], [5600, 2400], generator: new Generator(1));
            Tensor targets = patients.Targets.Reshape(-1, 1);
            Linear model = new(1, 1, initializer: new Constant(0));
            BCEWithLogitsLoss loss = new(posWeight: Tensor.Scalar(5));
            new LBFGS(model.Parameters, maxIterations: 60).Step(() => loss.Forward(model.Forward(patients.Inputs), targets));

            double even = 0.75 + (Math.Log(7 / 3.0) / 1.5);
            return model.Forward(Tensor.Full(even, 1, 1)).Sigmoid().Item();
        })
    {
        Cases = [new("its output there", answer => answer(), tolerance: 0.04)],
        Ideas =
        [
            new("an honest probability", () => 0.5,
                "Without the weight it would be that. Train once with the weight and once without, and compare."),
            new("the weight the other way round", () => 1.0 / 6,
                "A missed one costs more. Do the outputs of the weighted network become larger or smaller?"),
            new("the share of the ill", () => 0.3,
                "That is what an unweighted network says on average. The question is about one measurement."),
            new("the weighted share of the ill", () => 1.5 / 2.2,
                "That is what it says when the measurement tells nothing. At this one healthy and ill are equally probable."),
            new("the logit in place of the probability", () => Math.Log(5),
                "A probability is asked. What makes one of a logit?"),
        ],
        Alternatives = [() => 5.0 / 6],
        Hints = ["Train as the lecture does in section 4, with posWeight, and ask the model for one measurement: a tensor [1, 1].", "The model gives a logit. Sigmoid() makes the number that is asked for."],
    };
}
