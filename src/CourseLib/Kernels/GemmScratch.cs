using System.Runtime.InteropServices;

namespace CourseLib.Kernels;

/// <summary>A thread's memory for packed panels, aligned to cache lines; freed with the thread.</summary>
internal sealed unsafe class GemmScratch
{
    private const nuint CacheLine = 64;
    private const int MaxPanelWidth = 64;

    [ThreadStatic]
    private static GemmScratch? ofThread;

    private readonly void* memory;

    private GemmScratch()
    {
        nint panel = (nint)GemmPlan.MaxSlice * MaxPanelWidth;
        nint block = (nint)GemmPlan.MaxBlockRows * GemmPlan.MaxSlice;
        memory = NativeMemory.AlignedAlloc((nuint)((panel + block) * sizeof(float)), CacheLine);
        PanelB = (float*)memory;
        BlockA = PanelB + panel;
    }

    ~GemmScratch() => NativeMemory.AlignedFree(memory);

    /// <summary>The calling thread's scratch memory.</summary>
    public static GemmScratch OfThread => ofThread ??= new();

    /// <summary>Room for a column panel of B.</summary>
    public float* PanelB { get; }

    /// <summary>Room for a block of A.</summary>
    public float* BlockA { get; }
}
