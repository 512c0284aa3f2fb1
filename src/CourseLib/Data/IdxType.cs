namespace CourseLib.Data;

/// <summary>The element type of an IDX file: the third byte of its magic number.</summary>
public enum IdxType
{
    /// <summary>Unsigned bytes: images and labels of MNIST.</summary>
    UInt8 = 0x08,

    /// <summary>Signed bytes.</summary>
    Int8 = 0x09,

    /// <summary>Two-byte signed integers.</summary>
    Int16 = 0x0B,

    /// <summary>Four-byte signed integers.</summary>
    Int32 = 0x0C,

    /// <summary>IEEE single precision.</summary>
    Float32 = 0x0D,

    /// <summary>IEEE double precision.</summary>
    Float64 = 0x0E,
}
