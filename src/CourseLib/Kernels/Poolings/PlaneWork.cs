namespace CourseLib.Kernels.Poolings;

/// <summary>What a pooling does with one channel of one image; input and output mean the forward pass's.</summary>
internal unsafe interface IPlane
{
    void Run<TLanes>(in PoolShape shape, float* x, float* input, float* output) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Hands planes to the workers, some in each chunk. Planes are independent of one another.</summary>
internal readonly unsafe struct PlaneWork<TPlane>(PoolShape shape, TPlane plane, float* x, float* input, float* output) : ILaneWork
    where TPlane : struct, IPlane
{
    // Enough pixels to be worth handing out.
    private const int ChunkPixels = 8192;

    private int PlanesPerChunk => Math.Max(1, ChunkPixels / (shape.InHeight * shape.InWidth));

    public void For()
    {
        int perChunk = PlanesPerChunk;
        WidestLanes.For((int)((((long)shape.Batch * shape.Channels) + perChunk - 1) / perChunk), this);
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int start = chunk * PlanesPerChunk, end = Math.Min(start + PlanesPerChunk, shape.Batch * shape.Channels);
        nint inputSize = (nint)shape.InHeight * shape.InWidth, outputSize = (nint)shape.OutHeight * shape.OutWidth;
        // Planes whose windows leave no row over are one tall plane.
        int together = shape.IsTwoByTwo && (shape.InHeight & 1) == 0 ? end - start : 1;
        PoolShape tall = shape with { InHeight = shape.InHeight * together };
        for (nint i = start; i < end; i += together)
        {
            plane.Run<TLanes>(tall, x + (i * inputSize), input + (i * inputSize), output + (i * outputSize));
        }
    }
}
