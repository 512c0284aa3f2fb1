using System.Globalization;
using System.Runtime.Intrinsics;

namespace CourseLib.Tests.SimdLevels;

/// <summary>The width of the vector registers that the runtime uses: what the kernels choose by.</summary>
internal static class SimdLevel
{
    /// <summary>The switches of the runtime that narrow the registers; each is unset in a child that is to have the machine's own width.</summary>
    private static readonly string[] Switches =
    [
        "DOTNET_EnableAVX512", "DOTNET_EnableAVX512F", "DOTNET_EnableAVX2", "DOTNET_EnableAVX", "DOTNET_EnableHWIntrinsic",
        "DOTNET_PreferredVectorBitWidth", "DOTNET_MaxVectorTBitWidth",
    ];

    private static readonly Lazy<int> OfMachine = new(() => Switches.All(name => Environment.GetEnvironmentVariable(name) is null)
        ? Current
        : int.Parse(Child.Run(For(512), "level"), CultureInfo.InvariantCulture));

    /// <summary>Bits of the widest accelerated register in this process; 0 without any.</summary>
    internal static int Current =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>The same for a process of this machine with no switch set.</summary>
    internal static int Machine => OfMachine.Value;

    /// <summary>The environment in which a process has registers of at most <paramref name="bits"/>: a value to set, or null to remove.</summary>
    internal static Dictionary<string, string?> For(int bits)
    {
        Dictionary<string, string?> environment = Switches.ToDictionary(name => name, _ => (string?)null);
        switch (bits)
        {
            case 512:
                break;
            case 256:
                environment["DOTNET_EnableAVX512"] = "0";
                break;
            case 128:
                environment["DOTNET_EnableAVX2"] = "0";
                break;
            case 0:
                environment["DOTNET_EnableHWIntrinsic"] = "0";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(bits), bits, "SimdLevel: expected 512, 256, 128 or 0 bits.");
        }

        return environment;
    }

    /// <summary>Writes the level, for a parent that asks.</summary>
    internal static int Print()
    {
        Console.WriteLine(Current.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
