using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Modules side by side: all see the same input, and their outputs are joined along the channel axis. With convolutions of several window sizes it is an inception block
/// (Szegedy et al. 2015, "Going deeper with convolutions"; lecture lbd, "Как избежать взрывного роста количества параметров?").
/// </summary>
/// <remarks>Input [B, …], output [B, sum of the branches' channels, …]; the other axes of all outputs must agree.</remarks>
public sealed class Branches : Module
{
    private readonly Module[] branches;

    /// <summary>Sets the branches side by side; each is registered under its position.</summary>
    /// <exception cref="ArgumentException">There is no branch.</exception>
    public Branches(params Module[] branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        if (branches.Length == 0)
        {
            throw new ArgumentException("Branches: expected at least one branch.", nameof(branches));
        }

        this.branches = [.. branches];
        for (int i = 0; i < branches.Length; i++)
        {
            Child(Text(i), branches[i]);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The branches' outputs differ in another axis than the channels'.</exception>
    public override Tensor Forward(Tensor x)
    {
        Tensor y = branches[0].Forward(x);
        for (int i = 1; i < branches.Length; i++)
        {
            y = y.Concat(branches[i].Forward(x), 1);
        }

        return y;
    }
}
