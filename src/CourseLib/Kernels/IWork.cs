namespace CourseLib.Kernels;

/// <summary>Work that <see cref="Workers"/> hands out in chunks: a small struct that holds pointers to pinned data and what it needs to find chunk i.</summary>
public interface IWork
{
    /// <summary>Does one chunk. Called once for each chunk, by any thread, in any order; chunks must write to disjoint memory.</summary>
    /// <param name="chunk">Index of the chunk.</param>
    void Run(int chunk);
}
