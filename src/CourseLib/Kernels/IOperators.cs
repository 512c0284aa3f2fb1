namespace CourseLib.Kernels;

/// <summary>y = f(x), written once for every register width. Implementations are <c>readonly struct</c>s, so that the loop is compiled with the operator inlined.</summary>
public interface IUnaryOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>y = f(a, b), written once for every register width.</summary>
public interface IBinaryOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>y = f(a, b, c), written once for every register width.</summary>
public interface ITernaryOperator
{
    /// <summary>f in each lane.</summary>
    TLanes Invoke<TLanes>(TLanes a, TLanes b, TLanes c) where TLanes : struct, ILanes<TLanes>;
}
