using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>What a safetensors header says about one tensor, checked.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal readonly record struct SafeTensorsEntry(string Name, ElementType Type, Shape Shape, long Begin, long End)
{
    /// <summary>File and tensor, for messages.</summary>
    internal static string Place(string file, string tensor) => $"{file}: tensor '{Excerpt.Of(tensor)}'";
}
