namespace CourseLib.Kernels;

/// <summary>A function of elements.</summary>
public interface IOperator
{
    /// <summary>
    /// How many additions an element costs, roughly: 4 for an exponential. A dear operator is shared out among threads at fewer elements than a cheap one (<see cref="ElementLoop"/>);
    /// nothing else depends on it.
    /// </summary>
    static virtual int Cost => 1;
}

/// <summary>y = f(x), written once for every register width. Implementations are <c>readonly struct</c>s, so that the loop is compiled with the operator inlined.</summary>
public interface IUnaryOperator : IOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>y = f(a, b), written once for every register width.</summary>
public interface IBinaryOperator : IOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>y = f(a, b, c), written once for every register width.</summary>
public interface ITernaryOperator : IOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes a, TLanes b, TLanes c) where TLanes : struct, ILanes<TLanes>;
}
