namespace CourseLib.Kernels.Poolings;

/// <summary>The largest pixel of each window.</summary>
internal readonly unsafe struct MaxPlane : IPlane
{
    public void Run<TLanes>(in PoolShape shape, float* x, float* input, float* output) where TLanes : struct, ILanes<TLanes>
    {
        if (shape.IsTwoByTwo && Pairs.Supports<TLanes>())
        {
            TwoByTwo.Max<TLanes>(shape, x, output);
            return;
        }
        for (int i = 0; i < shape.OutHeight; i++)
        {
            WindowAxis rows = new(i, shape.StrideH, shape.PadTop, shape.KernelHeight, shape.InHeight);
            for (int j = 0; j < shape.OutWidth; j++)
            {
                WindowAxis columns = new(j, shape.StrideW, shape.PadLeft, shape.KernelWidth, shape.InWidth);
                *output++ = x[Winner(x, shape.InWidth, rows, columns)];
            }
        }
    }

    /// <summary>Index of the first largest pixel of a window; with NaN in it the last NaN, as in torch.</summary>
    public static int Winner(float* x, int width, WindowAxis rows, WindowAxis columns)
    {
        int winner = (rows.Start * width) + columns.Start;
        for (int row = rows.Start; row < rows.End; row++)
        {
            for (int column = columns.Start; column < columns.End; column++)
            {
                int i = (row * width) + column;
                if (x[i] > x[winner] || float.IsNaN(x[i]))
                {
                    winner = i;
                }
            }
        }
        return winner;
    }
}

/// <summary>Sends each window's gradient to the pixel that won; the winners are found again rather than stored.</summary>
internal readonly unsafe struct MaxGradientPlane(bool accumulate) : IPlane
{
    public void Run<TLanes>(in PoolShape shape, float* x, float* input, float* output) where TLanes : struct, ILanes<TLanes>
    {
        if (shape.IsTwoByTwo && Pairs.Supports<TLanes>())
        {
            TwoByTwo.MaxGradient<TLanes>(shape, x, input, output, accumulate);
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
                input[MaxPlane.Winner(x, shape.InWidth, rows, columns)] += *output++;
            }
        }
    }
}
