using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;

namespace CourseLib.Benchmarks.Running;

/// <summary>Which processor this is.</summary>
internal static partial class Processor
{
    /// <summary>Its name, with family and model where x86 has them: hosts in a cloud often hide the rest.</summary>
    public static string Name { get; } = X86Base.IsSupported ? OfX86() : $"{RuntimeInformation.ProcessArchitecture}";

    /// <summary>The name as a file's.</summary>
    public static string FileName => NotALetter().Replace(Name.Replace("(R)", "", StringComparison.OrdinalIgnoreCase).Replace("(TM)", "", StringComparison.OrdinalIgnoreCase), "-").Trim('-').ToLowerInvariant();

    /// <summary>Whether it has AVX512_BF16, as every processor with AVX-512 since Cooper Lake and Zen 4.</summary>
    public static bool HasBrainFloats => X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    // Hosts in a cloud call a processor by its maker alone; family and model tell which it is. Server processors with AVX-512.
    private static string? Generation(int family, int model) => (family, model) switch
    {
        (6, 85) => "Skylake or Cascade Lake",
        (6, 106) => "Ice Lake",
        (6, 143) => "Sapphire Rapids",
        (6, 207) => "Emerald Rapids",
        (6, 173) => "Granite Rapids",
        (25, 17) => "Zen 4",
        (26, 2) => "Zen 5",
        _ => null,
    };

    private static string OfX86()
    {
        Span<int> words = stackalloc int[12];
        for (int i = 0; i < 3; i++)
        {
            (words[4 * i], words[(4 * i) + 1], words[(4 * i) + 2], words[(4 * i) + 3]) = X86Base.CpuId(unchecked((int)0x80000002) + i, 0);
        }

        int signature = X86Base.CpuId(1, 0).Eax;
        int family = ((signature >> 8) & 15) + ((signature >> 20) & 255), model = ((signature >> 4) & 15) + (((signature >> 16) & 15) << 4);
        string brand = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(words)).TrimEnd('\0').Trim();
        return FormattableString.Invariant($"{brand}, {(Generation(family, model) is { } name ? $"{name}, " : "")}family {family} model {model}");
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotALetter();
}
