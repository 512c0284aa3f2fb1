namespace CourseLib.Kernels.Poolings;

/// <summary>The mean of each window; <paramref name="countPadding"/> tells whether the padding's zeros count as pixels.</summary>
internal readonly unsafe struct AveragePlane(bool countPadding) : IPlane
{
    public void Run<TLanes>(in PoolShape shape, float* x, float* input, float* output) where TLanes : struct, ILanes<TLanes>
    {
        if (shape.IsTwoByTwo && Pairs.Supports<TLanes>())
        {
            TwoByTwo.Average<TLanes>(shape, x, output);
            return;
        }
        for (int i = 0; i < shape.OutHeight; i++)
        {
            WindowAxis rows = new(i, shape.StrideH, shape.PadTop, shape.KernelHeight, shape.InHeight);
            for (int j = 0; j < shape.OutWidth; j++)
            {
                WindowAxis columns = new(j, shape.StrideW, shape.PadLeft, shape.KernelWidth, shape.InWidth);
                float sum = 0;
                for (int row = rows.Start; row < rows.End; row++)
                {
                    for (int column = columns.Start; column < columns.End; column++)
                    {
                        sum += x[(row * shape.InWidth) + column];
                    }
                }
                *output++ = sum / Divisor(shape, rows, columns, countPadding);
            }
        }
    }

    public static int Divisor(in PoolShape shape, WindowAxis rows, WindowAxis columns, bool countPadding) =>
        countPadding ? shape.KernelHeight * shape.KernelWidth : (rows.End - rows.Start) * (columns.End - columns.Start);
}

/// <summary>Every pixel of a window gets an equal share of its gradient.</summary>
internal readonly unsafe struct AverageGradientPlane(bool countPadding, bool accumulate) : IPlane
{
    public void Run<TLanes>(in PoolShape shape, float* x, float* input, float* output) where TLanes : struct, ILanes<TLanes>
    {
        if (shape.IsTwoByTwo && Pairs.Supports<TLanes>())
        {
            TwoByTwo.AverageGradient<TLanes>(shape, input, output, accumulate);
            return;
        }
        if (!accumulate)
        {
            new Span<float>(input, shape.InHeight * shape.InWidth).Clear();
        }
        for (int i = 0; i < shape.OutHeight; i++)
        {
            WindowAxis rows = new(i, shape.StrideH, shape.PadTop, shape.KernelHeight, shape.InHeight);
            for (int j = 0; j < shape.OutWidth; j++)
            {
                WindowAxis columns = new(j, shape.StrideW, shape.PadLeft, shape.KernelWidth, shape.InWidth);
                float share = *output++ / AveragePlane.Divisor(shape, rows, columns, countPadding);
                for (int row = rows.Start; row < rows.End; row++)
                {
                    for (int column = columns.Start; column < columns.End; column++)
                    {
                        input[(row * shape.InWidth) + column] += share;
                    }
                }
            }
        }
    }
}
