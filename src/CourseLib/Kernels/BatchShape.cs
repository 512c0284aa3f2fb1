namespace CourseLib.Kernels;

/// <summary>Sizes of a batch normalisation: x is [Batch, Channels, Spatial]; a dense layer has Spatial = 1, an image Spatial = height x width.</summary>
/// <param name="Batch">Examples.</param>
/// <param name="Channels">Features, each with statistics of its own.</param>
/// <param name="Spatial">Positions in a channel.</param>
public readonly record struct BatchShape(int Batch, int Channels, int Spatial = 1)
{
    /// <summary>Elements of x.</summary>
    public long Length => (long)Batch * Channels * Spatial;

    /// <summary>Values behind one channel's statistics: m of the lecture.</summary>
    public long PerChannel => (long)Batch * Spatial;

    internal void Check(string operation, string argument, int length)
    {
        Requires.AtLeast(operation, nameof(Batch), Batch, 1);
        Requires.AtLeast(operation, nameof(Channels), Channels, 1);
        Requires.AtLeast(operation, nameof(Spatial), Spatial, 1);
        Requires.Length(operation, argument, length, Length, "Batch x Channels x Spatial");
    }

    internal void CheckChannels(string operation, string argument, int length) => Requires.Length(operation, argument, length, Channels, "channels");

    internal void CheckAffine(string operation, string argument, int length) =>
        Requires.LengthOrEmpty(operation, argument, length, Channels, "channels, or none");
}
