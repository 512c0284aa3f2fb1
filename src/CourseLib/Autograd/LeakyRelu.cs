using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x for x &gt; 0, else slope x; dL/dx = dL/dy, or slope dL/dy (at 0 too).</summary>
internal sealed class LeakyRelu : UnaryFunction<LeakyRelu, LeakyReluOperator, LeakyReluGradient>
{
    protected override bool SavesOutput => false;
}
