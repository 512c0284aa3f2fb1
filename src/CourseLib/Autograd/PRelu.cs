using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x for x &gt; 0, else a x with a tensor a; dL/dx = dL/dy, or a dL/dy; dL/da = 0, or x dL/dy.</summary>
internal sealed class PRelu : BroadcastFunction<PRelu, PReluOperator, PReluDerivative, PReluSlopeDerivative>;
