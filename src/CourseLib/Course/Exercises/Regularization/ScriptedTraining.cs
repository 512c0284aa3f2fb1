using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>A training whose validation losses are written down beforehand: what early stopping makes of it can be told exactly.</summary>
/// <param name="Best">The epoch that was named as the best.</param>
/// <param name="Epochs">How many were made.</param>
/// <param name="Trained">How many of them in training mode.</param>
/// <param name="Weight">The network's only weight at the end; epoch e sets it to e + 0.5.</param>
internal sealed record ScriptedTraining(int Best, int Epochs, int Trained, double Weight)
{
    /// <summary>Best epoch, epochs and weight.</summary>
    public double[] All => [Best, Epochs, Weight];

    /// <summary>Up now and then on its way down.</summary>
    public static ScriptedTraining Bumpy(Func<Sequential, Action, Func<double>, int, int, int> stop) =>
        Run(stop, 3, [1, 0.8, 0.85, 0.7, 0.72, 0.6, 0.65, 0.66, 0.55, 0.58, 0.6, 0.62, 0.5, 0.49]);

    /// <summary>Down, then up.</summary>
    public static ScriptedTraining Valley(Func<Sequential, Action, Func<double>, int, int, int> stop) =>
        Run(stop, 3, [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]);

    /// <summary>Only down.</summary>
    public static ScriptedTraining Falling(Func<Sequential, Action, Func<double>, int, int, int> stop) => Run(stop, 2, [0.9, 0.8, 0.7, 0.6, 0.5]);

    private static ScriptedTraining Run(Func<Sequential, Action, Func<double>, int, int, int> stop, int patience, double[] losses)
    {
        Linear line = new(1, 1, bias: false, initializer: new Zeros());
        Sequential network = new(line, new Dropout(0.5, new Generator(1)));
        int epochs = 0, trained = 0;
        void Epoch()
        {
            trained += network.IsTraining ? 1 : 0;
            line.Weight.Fill(++epochs + 0.5);
        }

        double Validate()
        {
            double coins = epochs % 3 == 0 ? 0.4 : 1.3; // what dropout would make of the loss
            return losses[Math.Clamp(epochs - 1, 0, losses.Length - 1)] * (network.IsTraining ? coins : 1);
        }

        int best = stop(network, Epoch, Validate, patience, losses.Length);
        return new(best, epochs, trained, line.Weight[0, 0]);
    }
}
