using CourseLib.Interchange;
using CourseLib.Tensors;
using CourseLib.Tests.Shared;

namespace CourseLib.Tests.Interchange;

/// <summary>Damaged files of tensors: each is read or refused with <see cref="InterchangeException"/>, within memory that is in proportion to it.</summary>
public class MutatedFileTests
{
    [Fact]
    public void SafeTensors_files() => MutationRun.Run<InterchangeException>(
        Seeds("every-type.safetensors", "torch-model.safetensors"),
        file => Look(Files.SafeTensor(file).Values, 4 * file.Length),
        1_000_000);

    [Fact]
    public void Npy_files() => MutationRun.Run<InterchangeException>(
        Seeds("c-little-f4.npy", "c-big-f2.npy", "c-u1.npy", "c-little-i8.npy", "fortran.npy", "version-2.npy", "empty.npy", "refused-structure.npy"),
        file => Look([Files.Npy(file)], 4 * file.Length),
        100_000);

    // Deflate packs 1032 to 1 at most, and bytes become floats.
    [Fact]
    public void Npz_files() => MutationRun.Run<InterchangeException>(
        Seeds("stored.npz", "deflated.npz", "torch-model-output.npz"),
        file => Look(Files.Npz(file).Values, 4 * 1032 * file.Length),
        20_000_000);

    private static void Look(IEnumerable<Tensor> tensors, int mostBytes)
    {
        long bytes = tensors.Sum(tensor => (long)sizeof(float) * tensor.ToArray().Length);
        Assert.InRange(bytes, 0, mostBytes);
    }

    private static Mutator Seeds(params string[] names) => new([.. names.Select(name => File.ReadAllBytes(Files.Committed(name)))]);
}
