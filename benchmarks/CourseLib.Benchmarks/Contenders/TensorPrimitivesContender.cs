using System.Numerics.Tensors;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>System.Numerics.Tensors: .NET's own vectorised functions. It uses one thread.</summary>
internal sealed class TensorPrimitivesContender : IContender
{
    /// <inheritdoc/>
    public string Version => $"System.Numerics.Tensors {typeof(TensorPrimitives).Assembly.GetName().Version?.ToString(3)}, one thread";

    /// <inheritdoc/>
    public Prepared Prepare(string work)
    {
        int length = ElementwiseWorks.LengthOf(work) ?? throw new NotSupportedException("TensorPrimitives is asked for functions of elements only");
        string function = work.Split('/')[0];
        (Floats x, Floats y) = ElementwiseWorks.Operands(function, length);
        return Prepared.Of(function switch
        {
            "exp" => () => TensorPrimitives.Exp(x.Span, y.Span),
            "log" => () => TensorPrimitives.Log(x.Span, y.Span),
            "tanh" => () => TensorPrimitives.Tanh(x.Span, y.Span),
            "sigmoid" => () => TensorPrimitives.Sigmoid(x.Span, y.Span),
            _ => throw new NotSupportedException($"TensorPrimitives has no {function}"),
        }, y);
    }
}
