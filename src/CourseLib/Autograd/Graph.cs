using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The graph behind a result as a list, for those who look at it rather than run through it.</summary>
internal static class Graph
{
    /// <summary>The recorded operations that a result was computed by, in the order in which they ran.</summary>
    internal static List<Function> OperationsBehind(Tensor result)
    {
        List<Function> operations = [];
        HashSet<Function> seen = [];
        Stack<Tensor> pending = new([result]);
        while (pending.TryPop(out Tensor tensor))
        {
            if (!tensor.IsReclaimed && tensor.Storage.Producer is { } function && seen.Add(function))
            {
                operations.Add(function);
                for (int i = 0; i < function.InputCount; i++)
                {
                    pending.Push(function.Input(i));
                }
            }
        }

        operations.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return operations;
    }

    /// <summary>The inputs of an operation.</summary>
    internal static IEnumerable<Tensor> Inputs(this Function function) => Enumerable.Range(0, function.InputCount).Select(function.Input);
}
