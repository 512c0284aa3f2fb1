using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>
/// The identity matrix times a gain (torch.nn.init.eye_): L linear layers of 1.5 I multiply their input by 1.5^L, of 0.5 I by 0.5^L (lecture init,
/// "Инициализация"). Of a matrix that is not square the rest is zero.
/// </summary>
/// <param name="gain">The number on the diagonal.</param>
public sealed class Eye(double gain = 1) : Initializer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The weights are not a matrix.</exception>
    protected override void Draw(Tensor tensor, Generator generator)
    {
        Shape shape = tensor.Shape;
        if (shape.Rank != 2)
        {
            throw new ArgumentException($"Eye: expected weights of two axes (out, in), got shape {shape}; Dirac is for convolutions.", nameof(tensor));
        }

        tensor.Fill(0);
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++)
        {
            tensor.Span[(i * shape[1]) + i] = (float)gain;
        }
    }
}

/// <summary>A one in the middle of the window from channel i to channel i, else zeros: a convolution with SAME padding passes its input on (Zagoruyko and Komodakis 2017, "DiracNets"; torch.nn.init.dirac_).</summary>
public sealed class Dirac : Initializer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The weights are not those of a convolution.</exception>
    protected override void Draw(Tensor tensor, Generator generator)
    {
        Shape shape = tensor.Shape;
        if (shape.Rank != 4)
        {
            throw new ArgumentException($"Dirac: expected weights of four axes (out, in, kernel height, kernel width), got shape {shape}.", nameof(tensor));
        }

        tensor.Fill(0);
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++)
        {
            tensor[i, i, shape[2] / 2, shape[3] / 2] = 1;
        }
    }
}
