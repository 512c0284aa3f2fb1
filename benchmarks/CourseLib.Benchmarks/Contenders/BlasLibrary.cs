using System.Runtime.InteropServices;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>A shared library with the C interface of BLAS, loaded if the machine has it.</summary>
internal sealed unsafe class BlasLibrary
{
    private readonly nint handle;

    private BlasLibrary(string name, nint handle, nint product)
    {
        (Name, this.handle) = (name, handle);
        Product = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)product;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>cblas_sgemm: order, transpositions, sizes, alpha, A, B, beta, C.</summary>
    public delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Product { get; }

    /// <summary>Loads the first that is there.</summary>
    /// <param name="variable">An environment variable that may hold the library's path.</param>
    /// <param name="names">Where it usually is. Never libblas.so.3, behind which any implementation may stand.</param>
    /// <exception cref="NotSupportedException">None is there.</exception>
    public static BlasLibrary Load(string variable, params ReadOnlySpan<string> names)
    {
        string? chosen = Environment.GetEnvironmentVariable(variable);
        ReadOnlySpan<string> candidates = string.IsNullOrEmpty(chosen) ? names : new[] { chosen };
        foreach (string name in candidates)
        {
            if (NativeLibrary.TryLoad(name, out nint handle) && NativeLibrary.TryGetExport(handle, "cblas_sgemm", out nint product))
            {
                return new(name, handle, product);
            }
        }

        throw new NotSupportedException($"none of {string.Join(", ", candidates.ToArray())} loads; {variable} may name one");
    }

    /// <summary>Calls a function without arguments that gives a text; null when there is none.</summary>
    public string? Text(string function) => NativeLibrary.TryGetExport(handle, function, out nint address)
        ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)address)())?.Trim()
        : null;
}
