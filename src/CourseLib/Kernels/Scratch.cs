namespace CourseLib.Kernels;

/// <summary>A buffer lent by <see cref="ScratchPool"/>; disposing gives it back. Its content is whatever the last borrower left.</summary>
internal readonly unsafe ref struct Scratch
{
    private readonly int bucket;

    internal Scratch(float* pointer, int bucket)
    {
        Pointer = pointer;
        this.bucket = bucket;
    }

    /// <summary>Start of the buffer, on a 64-byte boundary.</summary>
    public float* Pointer { get; }

    /// <summary>Gives the buffer back; nothing may read it afterwards.</summary>
    public void Dispose() => ScratchPool.Return(Pointer, bucket);
}
