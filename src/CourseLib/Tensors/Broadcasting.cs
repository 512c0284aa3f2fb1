using CourseLib.Kernels;

namespace CourseLib.Tensors;

/// <summary>Applies two-operand kernels to operands of different shapes, and sums gradients back to the shapes they came from.</summary>
/// <remarks>
/// Neighbouring axes that broadcast alike are merged, so that almost everything becomes a few long runs: a bias row added to a batch is
/// a run per example, a channel's scale is a run per plane against one number.
/// </remarks>
internal static class Broadcasting
{
    /// <summary>y = op(a, b) with a and b broadcast to the shape of y.</summary>
    internal static void Binary<TOperator>(Tensor a, Tensor b, Tensor y, TOperator op = default)
        where TOperator : struct, IBinaryOperator
    {
        Shape shape = y.Shape;
        Span<float> target = y.Span;
        ReadOnlySpan<float> left = a.Span;
        ReadOnlySpan<float> right = b.Span;
        if (a.Shape == b.Shape)
        {
            Elementwise.Binary(left, right, target, op);
            return;
        }

        if (shape.ElementCount == 0)
        {
            return;
        }

        Span<int> sizes = stackalloc int[Shape.MaxRank];
        Span<int> leftSteps = stackalloc int[Shape.MaxRank];
        Span<int> rightSteps = stackalloc int[Shape.MaxRank];
        Span<int> index = stackalloc int[Shape.MaxRank];
        index.Clear();
        int rank = Merge(shape, a.Shape, b.Shape, sizes, leftSteps, rightSteps);
        int run = sizes[rank - 1];
        int leftAt = 0;
        int rightAt = 0;
        for (int at = 0; at < target.Length; at += run)
        {
            Span<float> part = target.Slice(at, run);
            if (leftSteps[rank - 1] == 0)
            {
                Elementwise.Binary(left[leftAt], right.Slice(rightAt, run), part, op);
            }
            else if (rightSteps[rank - 1] == 0)
            {
                Elementwise.Binary(left.Slice(leftAt, run), right[rightAt], part, op);
            }
            else
            {
                Elementwise.Binary(left.Slice(leftAt, run), right.Slice(rightAt, run), part, op);
            }

            for (int axis = rank - 2; axis >= 0; axis--)
            {
                leftAt += leftSteps[axis];
                rightAt += rightSteps[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                leftAt -= leftSteps[axis] * sizes[axis];
                rightAt -= rightSteps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>Sums <paramref name="full"/> over the axes along which <paramref name="targetShape"/> was broadcast: the gradient of broadcasting.</summary>
    internal static void SumTo(ReadOnlySpan<float> full, in Shape fullShape, Span<float> target, in Shape targetShape, bool accumulate)
    {
        if (fullShape == targetShape)
        {
            Elementwise.Copy(full, target, accumulate);
            return;
        }

        if (!accumulate)
        {
            target.Clear();
        }

        if (full.Length == 0)
        {
            return;
        }

        Span<int> sizes = stackalloc int[Shape.MaxRank];
        Span<int> steps = stackalloc int[Shape.MaxRank];
        Span<int> unused = stackalloc int[Shape.MaxRank];
        Span<int> index = stackalloc int[Shape.MaxRank];
        index.Clear();
        int rank = Merge(fullShape, targetShape, targetShape, sizes, steps, unused);
        int run = sizes[rank - 1];
        int targetAt = 0;
        for (int at = 0; at < full.Length; at += run)
        {
            ReadOnlySpan<float> part = full.Slice(at, run);
            if (steps[rank - 1] == 0)
            {
                target[targetAt] += Reductions.Sum(part);
            }
            else
            {
                Span<float> sums = target.Slice(targetAt, run);
                Elementwise.Binary<AddOperator>(sums, part, sums);
            }

            for (int axis = rank - 2; axis >= 0; axis--)
            {
                targetAt += steps[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                targetAt -= steps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>Writes the axes of <paramref name="shape"/>, merged where both operands allow it, with each operand's step along them (0 where it is broadcast).</summary>
    private static int Merge(in Shape shape, in Shape a, in Shape b, Span<int> sizes, Span<int> aSteps, Span<int> bSteps)
    {
        int rank = 0;
        int aStep = 1;
        int bStep = 1;
        bool aRuns = false;
        bool bRuns = false;

        // From the innermost axis out; the result is reversed at the end.
        for (int axis = 1; axis <= shape.Rank; axis++)
        {
            int size = shape[shape.Rank - axis];
            if (size == 1)
            {
                continue;
            }

            bool aHas = axis <= a.Rank && a[a.Rank - axis] != 1;
            bool bHas = axis <= b.Rank && b[b.Rank - axis] != 1;
            if (rank > 0 && aHas == aRuns && bHas == bRuns)
            {
                sizes[rank - 1] *= size;
            }
            else
            {
                sizes[rank] = size;
                aSteps[rank] = aHas ? aStep : 0;
                bSteps[rank] = bHas ? bStep : 0;
                rank++;
            }

            aRuns = aHas;
            bRuns = bHas;
            aStep *= aHas ? size : 1;
            bStep *= bHas ? size : 1;
        }

        if (rank == 0)
        {
            (sizes[0], aSteps[0], bSteps[0]) = (1, 1, 1);
            return 1;
        }

        sizes[..rank].Reverse();
        aSteps[..rank].Reverse();
        bSteps[..rank].Reverse();
        return rank;
    }
}
