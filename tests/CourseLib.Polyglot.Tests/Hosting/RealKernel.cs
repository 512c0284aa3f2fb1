using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace CourseLib.Polyglot.Tests.Hosting;

/// <summary>.NET Interactive's own kernel, put together as its tool (the one behind VS Code's Polyglot Notebooks and behind Jupyter) puts it together.</summary>
internal sealed class RealKernel : IDisposable
{
    private readonly CompositeKernel root = new();
    private readonly Queue<DirectoryInfo> extensions = new();

    public RealKernel()
    {
        CSharpKernel csharp = new();
        csharp.UseNugetDirective((kernel, packages) =>
        {
            kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
            return Task.CompletedTask;
        });
        csharp.UseKernelHelpers().UseWho().UseValueSharing();
        root.Add(csharp, ["c#", "C#"]);
        root.Add(new HtmlKernel());
        root.Add(new KeyValueStoreKernel().UseWho());
        root.UseImportMagicCommand();
        root.DefaultKernelName = "csharp";
        root.RegisterForDisposal(root.KernelEvents.Subscribe(new Listener(FindExtension)));
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="heard">Called with every event of the kernel while the cell runs; may be null.</param>
    public async Task<RealCell> RunAsync(string source, Action<KernelEvent>? heard = null)
    {
        RealCell cell = new();
        using (root.KernelEvents.Subscribe(new Listener(e => { cell.Add(e); heard?.Invoke(e); })))
        {
            await root.SendAsync(new SubmitCode(source, "csharp"));
        }

        // The tool does this after a cell whose #r has brought a package.
        while (extensions.TryDequeue(out DirectoryInfo? folder))
        {
            foreach (FileInfo library in folder.GetFiles("*.dll"))
            {
                foreach (Type type in Assembly.LoadFrom(library.FullName).GetExportedTypes().Where(type => !type.IsAbstract && typeof(IKernelExtension).IsAssignableFrom(type)))
                {
                    await LoadAsync((IKernelExtension)Activator.CreateInstance(type)!);
                }
            }

            foreach (FileInfo script in folder.GetFiles("extension.dib"))
            {
                RealCell loading = await RunAsync(File.ReadAllText(script.FullName).Replace("#!csharp", "", StringComparison.Ordinal));
                cell.Fail(loading.Error);
            }
        }

        return cell;
    }

    /// <summary>Loads an extension without its package.</summary>
    public Task LoadAsync(IKernelExtension extension) => extension.OnLoadAsync(root);

    /// <summary>What the Stop button sends.</summary>
    public Task StopAsync() => root.SendAsync(new Cancel());

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private void FindExtension(KernelEvent kernelEvent)
    {
        if (kernelEvent is PackageAdded { PackageReference.PackageRoot: { } folder } && new DirectoryInfo(Path.Combine(folder, "interactive-extensions", "dotnet")) is { Exists: true } found)
        {
            extensions.Enqueue(found);
        }
    }

    private sealed class Listener(Action<KernelEvent> next) : IObserver<KernelEvent>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(KernelEvent value) => next(value);
    }
}

/// <summary>Tests with a kernel in this process run one at a time: consoles, formatters and the library's default progress are the process's.</summary>
[CollectionDefinition(nameof(RealKernel), DisableParallelization = true)]
public sealed class RealKernelDefinition;
