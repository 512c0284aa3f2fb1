using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Models;

/// <summary>
/// Autoencoders on top of each other, trained from first to last: each learns to give back the code of the one below (предобучение; Bengio et al. 2007, "Greedy layer-wise training of
/// deep networks"; Vincent et al. 2010; lecture perc, "Предобучение" and "Рецепт"). <see cref="Autoencoder.Encoder"/> is then the start of a classifier:
/// <c>new Sequential(stack.Encoder, new Linear(128, 10))</c>.
/// </summary>
/// <remarks>Only one layer is trained at a time, so that no gradient has to come through the others; no label is needed. It defines no p(x): for that see <see cref="DeepBeliefNet"/>.</remarks>
public sealed class StackedAutoencoder : Autoencoder
{
    /// <param name="levels">From the data upwards; the code of each is the input of the next.</param>
    /// <exception cref="ArgumentException">There is no autoencoder.</exception>
    public StackedAutoencoder(params Autoencoder[] levels)
        : base(new Sequential([.. Check(levels).Select(level => level.Encoder)]), new Sequential([.. levels.Reverse().Select(level => level.Decoder)])) =>
        Levels = [.. levels];

    /// <summary>The autoencoders, from the data upwards; they share their parts with <see cref="Autoencoder.Encoder"/> and <see cref="Autoencoder.Decoder"/>.</summary>
    public IReadOnlyList<Autoencoder> Levels { get; }

    /// <summary>Dense layers of the given sizes.</summary>
    /// <param name="sizes">Numbers of an example, of the first code, of the second …, such as [784, 128, 128].</param>
    /// <param name="activation">Makes the nonlinearity of a code and of its reconstruction; sigmoids when null.</param>
    /// <param name="tied">Whether each decoder uses its encoder's weights.</param>
    /// <param name="noise">Makes what damages the inputs of a level in training; null for plain autoencoders.</param>
    /// <param name="initializer">How weights are drawn; torch's default when null.</param>
    /// <param name="generator">Where the weights come from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes.</exception>
    public static StackedAutoencoder Dense(
        ReadOnlySpan<int> sizes, Func<Module>? activation = null, bool tied = false, Func<Module>? noise = null, Initializer? initializer = null, Generator? generator = null)
    {
        Requires.AtLeast(nameof(StackedAutoencoder), "sizes.Length", sizes.Length, 2);
        Autoencoder[] levels = new Autoencoder[sizes.Length - 1];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Dense(sizes[i], sizes[i + 1], activation?.Invoke(), activation?.Invoke(), tied, noise?.Invoke(), initializer, generator);
        }

        return new StackedAutoencoder(levels);
    }

    /// <summary>Trains the levels from first to last, each alone on the codes that the ones below give for the data, in evaluation mode.</summary>
    /// <param name="inputs">[N, numbers of an example]; no labels.</param>
    /// <param name="epochs">Passes for each level.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="optimizer">Makes the optimizer of a level from its parameters; Adam when null.</param>
    /// <param name="loss">What to minimise; squares when null.</param>
    /// <param name="shuffle">Orders the examples; <see cref="Generator.Default"/> when null.</param>
    /// <returns>The learning curve of each level.</returns>
    public IReadOnlyList<History> Pretrain(
        Tensor inputs, int epochs, int batchSize, Func<IReadOnlyList<Tensor>, Optimizer>? optimizer = null, Loss? loss = null, Generator? shuffle = null)
    {
        List<History> histories = [];
        foreach (Autoencoder level in Levels)
        {
            Trainer trainer = new(level, optimizer?.Invoke(level.Parameters) ?? new Adam(level.Parameters), loss ?? new MSELoss());
            histories.Add(trainer.Fit(new Dataset(inputs, inputs), epochs, batchSize, generator: shuffle));
            inputs = Codes.Of(level.Encoder, inputs);
        }

        return histories;
    }

    private static Autoencoder[] Check(Autoencoder[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        Requires.AtLeast(nameof(StackedAutoencoder), "levels.Length", levels.Length, 1);
        return levels;
    }
}
