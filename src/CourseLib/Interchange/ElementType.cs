namespace CourseLib.Interchange;

/// <summary>The kinds of numbers that files may hold and that a tensor of <see cref="float"/> can be made of.</summary>
internal enum ElementType
{
    Bool,
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    UInt64,
    Int64,
    Float16,
    BFloat16,
    Float32,
    Float64,
}
