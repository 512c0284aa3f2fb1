using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Poolings;

/// <summary>How much of a row of pixels a strip of windows touches, known to the JIT: a loop for each, without tests in it.</summary>
internal unsafe interface IReach
{
    /// <summary>Registers of pixels from each row.</summary>
    static abstract int Registers { get; }

    /// <summary>Whether registers are read and written whole, however many of their numbers are wanted.</summary>
    static abstract bool IsWhole { get; }

    static abstract TLanes Load<TLanes>(float* source, int count) where TLanes : struct, ILanes<TLanes>;

    static abstract void Store<TLanes>(TLanes value, float* target, int count) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Two registers.</summary>
internal readonly unsafe struct WholePair : IReach
{
    public static int Registers => 2;

    public static bool IsWhole => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(float* source, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes value, float* target, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Store(value, target);
}

/// <summary>One register, for rows that fit into it.</summary>
internal readonly unsafe struct WholeRegister : IReach
{
    public static int Registers => 1;

    public static bool IsWhole => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(float* source, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes value, float* target, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Store(value, target);
}

/// <summary>What is wanted of two registers, by masks.</summary>
internal readonly unsafe struct PartOfPair : IReach
{
    public static int Registers => 2;

    public static bool IsWhole => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(float* source, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Load(source, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes value, float* target, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Store(value, target, count);
}
