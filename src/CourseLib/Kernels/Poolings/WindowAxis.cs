namespace CourseLib.Kernels.Poolings;

/// <summary>The real pixels under a window along one axis: from <see cref="Start"/> up to, not including, <see cref="End"/>.</summary>
internal readonly ref struct WindowAxis(int output, int stride, int pad, int kernel, int size)
{
    public int Start { get; } = Math.Max(0, (output * stride) - pad);

    public int End { get; } = Math.Min(size, (output * stride) - pad + kernel);
}
