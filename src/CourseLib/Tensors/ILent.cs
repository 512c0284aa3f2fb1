namespace CourseLib.Tensors;

/// <summary>Something that a <see cref="Tape"/> lends and takes back when it closes: a tensor's storage, a node of the graph.</summary>
internal interface ILent
{
    /// <summary>Takes it back: drops what it refers to and returns it to its pool.</summary>
    void Reclaim(Arena arena);
}
