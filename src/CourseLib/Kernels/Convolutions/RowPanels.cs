using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Cuts the rows of a product (output channels) into the heights for which there are tile kernels. Rows are padded to an even number; panels are
/// even rather than full ones and a small rest (10 = 6 + 4).
/// </summary>
internal static class RowPanels
{
    /// <summary>Whether 24 accumulators fit into the registers: AVX-512 and NEON have 32, AVX2 and SSE have 16.</summary>
    public static bool ManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;
    }

    /// <summary>Rows after padding.</summary>
    public static int Padded(int rows) => (rows + 1) & ~1;

    /// <summary>Height of the next panel when <paramref name="left"/> rows, an even number, are left.</summary>
    public static int Next(int left) => !ManyRegisters ? Math.Min(left, 4) : left == 10 ? 6 : Math.Min(left, 8);
}
