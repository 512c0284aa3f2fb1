using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>A library in .NET that can do some of the works; peers in other languages are programs of their own (benchmarks/peers).</summary>
internal interface IContender
{
    /// <summary>Name, version, and what it says of itself.</summary>
    string Version { get; }

    /// <summary>Makes the operands of a work.</summary>
    /// <exception cref="NotSupportedException">This library does not do it; the message says why.</exception>
    Prepared Prepare(string work);
}
