using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>This library.</summary>
internal sealed class CourseLibContender : IContender
{
    /// <inheritdoc/>
    public string Version => string.Create(CultureInfo.InvariantCulture,
        $"CourseLib {typeof(Gemm).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits, {Workers.Count} thread(s)");

    /// <inheritdoc/>
    public Prepared Prepare(string work) => WorkCatalog.Find(work).Prepare();
}
