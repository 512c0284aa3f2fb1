using System.Globalization;

namespace CourseLib.Benchmarks.Running;

/// <summary>
/// The environment of a contender: the same for all, and nothing left over that slows one of them. A stray OPENBLAS_CORETYPE halves OpenBLAS, NumPy and
/// PyTorch; glibc's malloc gives freed tensors back to the system, after which PyTorch is two to ten times slower, or not, from run to run.
/// </summary>
internal static class CleanEnvironment
{
    // Of each library that takes part: whatever the user set for other purposes goes.
    private static readonly string[] Prefixes =
    [
        "OPENBLAS_", "GOTO_", "OMP_", "GOMP_", "KMP_", "MKL_", "BLIS_", "ATEN_", "DNNL_", "ONEDNN_", "TORCH_", "MALLOC_", "GLIBC_TUNABLES", "COURSELIB_THREADS",
        "DOTNET_Enable", "DOTNET_Tiered", "DOTNET_TC_", "DOTNET_TieredPGO", "DOTNET_ReadyToRun", "DOTNET_gc", "DOTNET_GC", "DOTNET_PreferredVector", "DOTNET_MaxVectorT",
    ];

    /// <summary>Variables to set, or to remove where the value is null.</summary>
    /// <param name="threads">How many threads each library gets.</param>
    /// <param name="narrow">Whether everybody is held to AVX2.</param>
    /// <param name="coreType">What OpenBLAS shall take the processor for; null: what it finds.</param>
    public static Dictionary<string, string?> For(int threads, bool narrow, string? coreType)
    {
        Dictionary<string, string?> variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (string name in new[] { "COURSELIB_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            variables[name] = threads.ToString(CultureInfo.InvariantCulture);
        }

        variables["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        variables["MALLOC_TRIM_THRESHOLD_"] = "4294967296";
        variables["MALLOC_TOP_PAD_"] = "268435456";

        // OpenBLAS's threads spin for 2^26 cycles after a call, into the next contender's turn; 2^22 is milliseconds, still a thousand calls away.
        variables["OPENBLAS_THREAD_TIMEOUT"] = "22";

        // .NET recompiles what was called thirty times after a tenth of a second of quiet; without the wait a warm-up is short. The code is the same.
        variables["DOTNET_TC_CallCountingDelayMs"] = "0";
        variables["OPENBLAS_CORETYPE"] = coreType;
        if (narrow)
        {
            variables["DOTNET_EnableAVX512"] = "0";
            variables["OPENBLAS_CORETYPE"] = "Haswell";
            variables["BLIS_ARCH_TYPE"] = "haswell";
            variables["ATEN_CPU_CAPABILITY"] = "avx2";
            variables["DNNL_MAX_CPU_ISA"] = "AVX2";
            variables["ONEDNN_MAX_CPU_ISA"] = "AVX2";
        }

        return variables;
    }
}
