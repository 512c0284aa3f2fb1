using Microsoft.DotNet.Interactive;

namespace CourseLib.Interactive;

/// <summary>Makes a kernel of .NET Interactive at home with the course.</summary>
public sealed class CourseExtension : IKernelExtension
{
    /// <summary>What <c>extension.dib</c> calls when a notebook's <c>#r</c> has brought the package.</summary>
    public static Task LoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel) => LoadAsync(kernel);
}
