using CourseLib.Course.Grading;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<CourseLib.Layers.Sequential, System.Action, System.Func<double>, int, int, int>;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.repair: early stopping for a network with dropout, broken in three places (lecture perc, "Early stopping", "Dropout").</summary>
internal static class RegRepair
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "reg.repair", "11-regularization", Level.Hard, "early stopping, repaired", reference: (network, epoch, validate, patience, most) =>
        {
            IReadOnlyDictionary<string, Tensor> best = network.CopyState();
            double least = double.PositiveInfinity;
            int bestEpoch = 0, bad = 0;
            for (int e = 1; e <= most && bad < patience; e++)
            {
                network.Train();
                epoch();
                network.Eval();                        // no coins while it is judged
                double loss = validate();
                bad++;
                if (loss < least)
                {
                    (least, bestEpoch, bad) = (loss, e, 0); // in a row: the count begins anew
                    best = network.CopyState();        // a copy: training goes on in the same tensors
                }
            }

            network.LoadState(best);
            return bestEpoch;
        })
    {
        Cases =
        [
            new("which epoch it names as the best", stop => ScriptedTraining.Bumpy(stop).Best),
            new("how many epochs it trains", stop => ScriptedTraining.Bumpy(stop).Epochs),
            new("the weight that it leaves (epoch e makes it e + 0.5)", stop => ScriptedTraining.Bumpy(stop).Weight),
            new("epochs in training mode", stop => ScriptedTraining.Bumpy(stop).Trained),
            new("a valley: best epoch, epochs, weight", stop => ScriptedTraining.Valley(stop).All),
            new("always better: best epoch, epochs, weight", stop => ScriptedTraining.Falling(stop).All),
        ],
        Ideas =
        [
            new("nothing mended", Loop(evaluates: false, anew: false, copies: false), "Three questions. With which dropout is the network judged? What is counted? What does best hold when training goes on?"),
            new("judged with coins", Loop(evaluates: false, anew: true, copies: true), "Call validate twice without training between. Why are the two losses not the same?"),
            new("all bad epochs counted, not those in a row", Loop(evaluates: true, anew: false, copies: true), "A noisy curve goes up now and then on its way down. After how many ups does it stop, if every one counts?"),
            new("the best weights were not copied", Loop(evaluates: true, anew: true, copies: false), "Are the tensors in best others than those that are being trained? Change one and look at the other."),
            new("of three mistakes, only the mode is mended", Loop(evaluates: true, anew: false, copies: false), "One is mended. Now look at what is counted, and at what is put back in the end."),
            new("of three mistakes, only the counting is mended", Loop(evaluates: false, anew: true, copies: false), "One is mended. Now look at how the network is judged, and at what is put back in the end."),
            new("of three mistakes, only the copy is mended", Loop(evaluates: false, anew: false, copies: true), "One is mended. Now look at how the network is judged, and at what is counted."),
            new("never back to training mode", Loop(evaluates: true, anew: true, copies: true, back: false), "After the first validation, does dropout still work in the second epoch?"),
        ],
        Alternatives =
        [
            (network, epoch, validate, patience, most) =>
            {
                EarlyStopping rule = new(patience);
                Tensor[] best = [];
                while (rule.Epochs < most && !rule.ShouldStop)
                {
                    network.Train();
                    epoch();
                    network.Eval();
                    if (rule.Observe(validate()))
                    {
                        best = [.. network.Parameters.Select(parameter => parameter.Clone())];
                    }
                }

                PutBack(network, best);
                return rule.BestEpoch;
            },
        ],
        Hints = ["Write down on paper, for a curve with one bump, what each variable holds after every epoch. And print network.IsTraining where validate is called.", "The mode before epoch and before validate; the counter after a better epoch; CopyState in place of the tensors themselves."],
    };

    private static Answer Loop(bool evaluates, bool anew, bool copies, bool back = true) => (network, epoch, validate, patience, most) =>
    {
        Tensor[] best = [.. network.Parameters];
        double least = double.PositiveInfinity;
        int bestEpoch = 0, bad = 0;
        for (int e = 1; e <= most && bad < patience; e++)
        {
            network.Train(back || e == 1);
            epoch();
            network.Train(!evaluates);
            double loss = validate();
            bad++;
            if (loss < least)
            {
                (least, bestEpoch, bad) = (loss, e, anew ? 0 : bad - 1);
                best = [.. network.Parameters.Select(parameter => copies ? parameter.Clone() : parameter)];
            }
        }

        PutBack(network, best);
        return bestEpoch;
    };

    private static void PutBack(Sequential network, Tensor[] best)
    {
        foreach ((Tensor to, Tensor from) in network.Parameters.Zip(best))
        {
            from.Span.CopyTo(to.Span);
        }
    }
}
