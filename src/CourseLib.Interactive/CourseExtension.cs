using System.Reflection;
using CourseLib.Charts;
using CourseLib.Interactive.Live;
using CourseLib.Training;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseLib.Interactive;

/// <summary>
/// Makes a kernel of .NET Interactive at home with the course: trainings show themselves while they run, and what CourseLib's types show is there as plain
/// text too, for consoles and for the list of variables.
/// </summary>
public sealed class CourseExtension : IKernelExtension
{
    /// <summary>What <c>extension.dib</c> calls when a notebook's <c>#r</c> has brought the package.</summary>
    /// <param name="kernel">The kernel of the notebook.</param>
    public static Task LoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        RegisterFormatters();
        Trainer.DefaultProgress = LiveTraining.Begin;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel) => LoadAsync(kernel);

    // Types with the attribute show HTML by themselves; as text the host would print all their properties. It reads the attribute when it first formats a
    // type, and then forgets what was preferred before: so it is made to read it first.
    private static void RegisterFormatters()
    {
        foreach (Type type in typeof(Figure).Assembly.GetExportedTypes())
        {
            if (type.GetCustomAttribute<Display.TypeFormatterSourceAttribute>() is { } attribute)
            {
                _ = Formatter.GetPreferredFormatterFor(type, HtmlFormatter.MimeType);
                Formatter.Register(type, (value, writer) => writer.Write(value.ToString()), PlainTextFormatter.MimeType);
                Formatter.SetPreferredMimeTypesFor(type, [.. attribute.PreferredMimeTypes, PlainTextFormatter.MimeType]);
            }
        }
    }
}
