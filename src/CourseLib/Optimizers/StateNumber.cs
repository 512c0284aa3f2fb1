using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>A number among the state of an optimizer, which is tensors: three floats hold the 53 bits of a double exactly, so that going on from a saved state is exact.</summary>
/// <param name="parts">Three numbers, made with <see cref="Optimizer.AddState"/>.</param>
internal sealed class StateNumber(Tensor parts)
{
    /// <summary>The number.</summary>
    internal double Value
    {
        get => (double)parts.Span[0] + parts.Span[1] + parts.Span[2];
        set
        {
            double rest = value;
            foreach (ref float part in parts.Span)
            {
                part = (float)rest;
                rest -= part;
            }
        }
    }
}
