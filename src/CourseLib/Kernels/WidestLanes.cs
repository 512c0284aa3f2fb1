using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>Work in chunks that can be done with registers of any width.</summary>
internal interface ILaneWork
{
    /// <summary>Does one chunk with registers of type <typeparamref name="TLanes"/>; the rules are those of <see cref="IWork.Run"/>.</summary>
    void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Runs chunks with the widest registers of this processor (DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 narrow the choice).</summary>
internal static class WidestLanes
{
    /// <summary>Floats in such a register.</summary>
    public static int Count =>
        Vector512.IsHardwareAccelerated ? Lanes16.Count : Vector256.IsHardwareAccelerated ? Lanes8.Count : Vector128.IsHardwareAccelerated ? Lanes4.Count : Lanes1.Count;

    /// <summary>Shares the chunks out over the <see cref="Workers"/>.</summary>
    public static void For<TWork>(int chunks, TWork work) where TWork : struct, ILaneWork
    {
        if (chunks == 1)
        {
            Run(work, 0);
        }
        else
        {
            Workers.For(chunks, new Adapter<TWork>(work));
        }
    }

    // The conditions are constants for the JIT: one branch is left in the machine code.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TWork>(in TWork work, int chunk) where TWork : struct, ILaneWork
    {
        if (Vector512.IsHardwareAccelerated)
        {
            work.Run<Lanes16>(chunk);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            work.Run<Lanes8>(chunk);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            work.Run<Lanes4>(chunk);
        }
        else
        {
            work.Run<Lanes1>(chunk);
        }
    }

    private readonly struct Adapter<TWork>(TWork work) : IWork where TWork : struct, ILaneWork
    {
        private readonly TWork work = work;

        public void Run(int chunk) => WidestLanes.Run(in work, chunk);
    }
}
