using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>OpenBLAS or BLIS (AMD's AOCL is one): matrix products through the C interface. Threads and core type come from the environment.</summary>
internal sealed unsafe class BlasContender : IContender
{
    private const int RowMajor = 101, NoTransposition = 111, Transposition = 112;

    private readonly BlasLibrary library;

    private BlasContender(BlasLibrary library, string version) => (this.library, Version) = (library, version);

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>OpenBLAS.</summary>
    /// <exception cref="NotSupportedException">It is not there.</exception>
    public static BlasContender OpenBlas()
    {
        BlasLibrary library = BlasLibrary.Load("COURSELIB_OPENBLAS", "libopenblas.so.0", "libopenblas.so", "libopenblas.dll", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib");
        return new(library, $"{library.Text("openblas_get_config")}, core {library.Text("openblas_get_corename")}, {library.Name}");
    }

    /// <summary>BLIS or AOCL-BLIS.</summary>
    /// <exception cref="NotSupportedException">It is not there.</exception>
    public static BlasContender Blis()
    {
        BlasLibrary library = BlasLibrary.Load("COURSELIB_AOCL", "libblis-mt.so.5", "libblis-mt.so.4", "libblis-mt.so", "libblis.so.5", "libblis.so.4", "libblis.so", "AOCL-LibBlis-Win-MT.dll");
        return new(library, $"BLIS {library.Text("bli_info_get_version_str")}, {library.Name}");
    }

    /// <inheritdoc/>
    public Prepared Prepare(string work)
    {
        GemmWorks g = GemmWorks.Parse(work) ?? throw new NotSupportedException("a BLAS has matrix products only");
        Floats a = g.MakeA(), b = g.MakeB(), c = new(g.M * g.N);
        return Prepared.Of(() =>
        {
            library.Product(
                RowMajor, g.TransposeA ? Transposition : NoTransposition, g.TransposeB ? Transposition : NoTransposition, g.M, g.N, g.K,
                1, a.Pointer, g.TransposeA ? g.M : g.K, b.Pointer, g.TransposeB ? g.K : g.N, 0, c.Pointer, g.N);
            GC.KeepAlive((a, b, c));
        }, c);
    }
}
