namespace CourseLib.Kernels.Normalizations;

/// <summary>
/// Cuts the channels of images into groups, one for each chunk of work. In every image the planes of a group lie side by side; a group passes all images once to sum and once to write.
/// </summary>
/// <remarks>
/// The second pass finds the group in the second-level cache if it is small enough, and memory sees each value once. A group of one channel is the smallest, but where planes are small the short
/// pieces with long ways between them cost more than they hold: the processor's prefetchers begin anew at each, and two threads share the line between two of them.
/// What the processor cannot guess - where the next image's planes lie - the loops ask for themselves, one image ahead.
/// What is missing to the rate of a copy is that a pass which sums only reads: it takes as long as that half of a copy, while nothing is written. To write one group while the next one is summed
/// gained a hundredth or two on one thread and nothing on two, sums kept in lanes from plane to plane nothing.
/// </remarks>
internal static class ChannelGroups
{
    /// <summary>Most channels of a group, whose sums live on the stack.</summary>
    public const int MostChannels = 64;

    /// <summary>Elements that are summed in float before double takes over.</summary>
    public const int BlockLength = 1024;

    // Values of a group in all its arrays: half a megabyte, of which the second-level cache of most processors holds all while the group before it is still being written back.
    private const long Values = 1 << 17;

    // So many groups at least, so that threads can share them out.
    private const int Fewest = 8;

    /// <summary>How many groups there are, for a pass over so many arrays.</summary>
    public static int Count(BatchShape shape, int arrays) =>
        Even.Parts(shape.Channels, (int)Math.Clamp(Math.Min(Values / (arrays * shape.PerChannel), shape.Channels / Fewest), 1, MostChannels));

    /// <summary>The channels of one of them.</summary>
    public static (int First, int Channels) Group(BatchShape shape, int arrays, int index) => Even.Part(shape.Channels, Count(shape, arrays), index);
}
