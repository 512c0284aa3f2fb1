using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using Answer = System.Action<CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor, CourseLib.Data.Dataset>;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.network: a network whose first layer gets no gradient, and whose last one gets all of them at once (lecture init, "Метод обратного распространения ошибки").</summary>
internal static class BackpropNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "backprop.network", "03-backpropagation", Level.Medium, "a network of which half learns", reference: (w, b, v, c, data) =>
        {
            Tensor[] parameters = [w, b, v, c];
            CrossEntropyLoss loss = new();
            for (int step = 0; step < 400; step++)
            {
                foreach (Tensor parameter in parameters)
                {
                    parameter.ZeroGrad();                                       // gradients add up otherwise
                }

                Tensor hidden = (data.Inputs.MatMul(w.Transpose()) + b).Tanh(); // stays in the graph
                loss.Forward(hidden.MatMul(v.Transpose()) + c, data.Targets).Backward();
                foreach (Tensor parameter in parameters)
                {
                    for (int i = 0; i < parameter.Length; i++)
                    {
                        parameter.Span[i] -= 0.5f * parameter.Grad.Span[i];
                    }
                }
            }
        })
    {
        Cases =
        [
            new Bounds<Answer>("every layer learns", "the number of parameters that moved, of four,", train => Train(train, 1).Moved, atLeast: 4),
            new Bounds<Answer>("a gradient is that of one step", "the gradient that is left behind, in parts of a fresh one,", train => Train(train, 1).Left, atMost: 3),
            new Bounds<Answer>("it tells two rings apart", "the loss at the end", train => Train(train, 1).Loss, atMost: 0.45),
            new Bounds<Answer>("another seed", "the loss at the end", train => Train(train, 2).Loss, atMost: 0.45),
        ],
        Ideas =
        [
            new("nothing was mended", Loop(cut: true, forgets: 0), "Print HasGrad of each parameter after Backward. Where does the way back from the loss end?"),
            new("the graph is still cut", Loop(cut: true, forgets: 1), "Print HasGrad of each parameter after Backward. What does the new tensor know of where its numbers come from?"),
            new("the gradients of all steps add up", Loop(cut: false, forgets: 0), "Print the gradient of one weight before and after Backward. Where does it start from?"),
            new("the gradients are forgotten too early", Loop(cut: false, forgets: 2), "All is computed, and nothing moves. What is between Backward and the step?"),
            new("uphill", Loop(cut: false, forgets: 1, rate: -0.5f), "Print the loss in each step. Which way does the gradient point?"),
        ],
        Alternatives =
        [
            (w, b, v, c, data) =>
            {
                SGD sgd = new([w, b, v, c], lr: 0.3, momentum: 0.9);
                for (int step = 0; step < 300; step++)
                {
                    sgd.ZeroGrad();
                    new CrossEntropyLoss().Forward((data.Inputs.MatMul(w.Transpose()) + b).Tanh().MatMul(v.Transpose()) + c, data.Targets).Backward();
                    sgd.Step();
                }
            },
        ],
        Hints =
        [
            "Two faults. After one Backward, print for each parameter whether it has a gradient; after two, whether the gradient is that of one step.",
            "Numbers that were copied out of a tensor have no history: hidden has to go on as the tensor that it is. And ZeroGrad belongs before every Backward.",
        ],
    };

    private static (int Moved, double Left, double Loss) Train(Answer train, ulong seed)
    {
        Dataset data = ToySets.Circles(160, noise: 0.2f, generator: new Generator(seed));
        Generator generator = new(seed + 10);
        Tensor w = Tensor.RandN([16, 2], generator) * 0.3, v = Tensor.RandN([2, 16], generator) * 0.3;
        Tensor[] parameters = [w.AsParameter(), Tensor.Zeros(16).AsParameter(), v.AsParameter(), Tensor.Zeros(2).AsParameter()];
        float[][] before = [.. parameters.Select(parameter => parameter.ToArray())];
        train(parameters[0], parameters[1], parameters[2], parameters[3], data);
        int moved = parameters.Index().Count(parameter => !parameter.Item.ToArray().SequenceEqual(before[parameter.Index]));
        double left = Size();
        foreach (Tensor parameter in parameters)
        {
            parameter.ZeroGrad();
        }

        Tensor loss = new CrossEntropyLoss().Forward((data.Inputs.MatMul(parameters[0].Transpose()) + parameters[1]).Tanh().MatMul(parameters[2].Transpose()) + parameters[3], data.Targets);
        loss.Backward();
        return (moved, left / Size(), loss.Item());

        double Size() => Math.Sqrt(parameters.Sum(parameter => parameter.HasGrad ? parameter.Grad.Square().Sum().Item() : 0));
    }

    // Gradients are forgotten never (0), before Backward (1) or behind it (2).
    private static Answer Loop(bool cut, int forgets, float rate = 0.5f) => (w, b, v, c, data) =>
    {
        Tensor[] parameters = [w, b, v, c];
        for (int step = 0; step < 400; step++)
        {
            Forget(1);
            Tensor hidden = (data.Inputs.MatMul(w.Transpose()) + b).Tanh();
            new CrossEntropyLoss().Forward((cut ? hidden.Detach() : hidden).MatMul(v.Transpose()) + c, data.Targets).Backward();
            Forget(2);
            foreach (Tensor parameter in parameters.Where(parameter => parameter.HasGrad))
            {
                for (int i = 0; i < parameter.Length; i++)
                {
                    parameter.Span[i] -= rate * parameter.Grad.Span[i];
                }
            }
        }

        void Forget(int when)
        {
            foreach (Tensor parameter in parameters.Where(_ => forgets == when))
            {
                parameter.ZeroGrad();
            }
        }
    };
}
