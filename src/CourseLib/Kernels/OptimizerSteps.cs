namespace CourseLib.Kernels;

/// <summary>Optimizer steps, each one pass over memory: parameter, gradient and state are read once and written once.</summary>
/// <remarks>The arithmetic and its order are torch 1.13's (single-tensor form), so that trajectories agree to the last digits.</remarks>
public static partial class OptimizerSteps
{
    // Elements per chunk: four arrays of it fit into the first-level cache; below two chunks one thread does it.
    private const int ChunkLength = 4096;

    private static int Chunks(int length) => length <= 2 * ChunkLength ? 1 : (length + ChunkLength - 1) / ChunkLength;

    private static (int Start, int End) Range(int chunk, int chunks, int length) =>
        chunks == 1 ? (0, length) : (chunk * ChunkLength, Math.Min((chunk + 1) * ChunkLength, length));
}
