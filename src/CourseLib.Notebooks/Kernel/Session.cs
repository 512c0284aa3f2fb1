using System.Collections.Immutable;
using System.Runtime;
using System.Text;
using CourseLib.Notebooks.Kernel.Cells;
using CourseLib.Notebooks.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace CourseLib.Notebooks.Kernel;

/// <summary>
/// The C# of one notebook: a chain of script submissions, each of which sees the variables, types and usings of those before.
/// Cells are compiled without optimisation, as the notebook hosts do, so that a notebook measures and behaves here as it does
/// there (and stack traces have lines); what has to be fast is in the library.
/// </summary>
internal sealed class Session
{
    /// <summary>How cells are parsed: as every host reads them.</summary>
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);

    // What the hosts import in common: a cell that compiles here does not lean on the habits of one of them.
    private static readonly string[] Imports = ["System", "System.Text", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks", typeof(DisplayExtensions).Namespace!];

    private readonly InteractiveAssemblyLoader loader = new();
    private ScriptOptions options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp13)
        .WithOptimizationLevel(OptimizationLevel.Debug)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8)
        .WithImports(Imports)
        .WithReferences(Library.FrameworkPaths.Select(path => MetadataReference.CreateFromFile(path)).Append(MetadataReference.CreateFromFile(typeof(Session).Assembly.Location)));

    private ScriptState<object>? state;

    public Session() => loader.RegisterDependency(typeof(Session).Assembly);

    /// <summary>Runs one cell; its outputs go to <see cref="KernelOutputs.Current"/>.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="number">The number shown beside it.</param>
    /// <param name="stop">Ends the cell where that is possible: running code is, a blocked thread is not.</param>
    /// <returns>What went wrong, or null.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> ended the cell; the session is of no further use.</exception>
    public CellError? Execute(string source, int number, CancellationToken stop)
    {
        string code = Directives.Read(source, Parsing, out bool usesLibrary, out CellError? problem);
        if (problem is not null)
        {
            return problem;
        }

        if (usesLibrary)
        {
            AddLibrary();
        }

        ScriptOptions cell = options.WithFilePath(ErrorReport.FileName(number));
        Script<object> script = state is null ? CSharpScript.Create<object>(code, cell, assemblyLoader: loader) : state.Script.ContinueWith<object>(code, cell);
        ImmutableArray<Diagnostic> diagnostics = script.Compile(stop);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return ErrorReport.Of(diagnostics);
        }

        try
        {
            state = Run(script, stop);
            if (HasValue(script.GetCompilation()))
            {
                KernelOutputs.Current.Result(ObjectDisplay.Bundle(state.ReturnValue));
            }

            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return ErrorReport.Of(e, number);
        }
    }

    private ScriptState<object> Run(Script<object> script, CancellationToken stop)
    {
        Task<ScriptState<object>>? running = null;
#pragma warning disable SYSLIB0046 // Ends a loop that never ends. The process is given up after that, so a corrupt state does no harm.
        ControlledExecution.Run(() => running = state is null ? script.RunAsync(cancellationToken: CancellationToken.None) : script.RunFromAsync(state, CancellationToken.None), stop);
#pragma warning restore SYSLIB0046

        // A cell that awaits has come back with its first await; there is no thread to end, only the waiting.
        try
        {
            running!.Wait(stop);
        }
        catch (AggregateException)
        {
            // Thrown again below, as the cell threw it.
        }

        return running!.GetAwaiter().GetResult();
    }

    private void AddLibrary()
    {
        List<string?> paths = Library.Assemblies.Select(assembly => assembly.Location).Except(options.MetadataReferences.Select(reference => reference.Display)).ToList();
        foreach (System.Reflection.Assembly assembly in Library.Assemblies)
        {
            // The process has them already: a second copy would have its own statics, and its own types.
            loader.RegisterDependency(assembly);
        }

        options = options.AddReferences(paths.Select(path => MetadataReference.CreateFromFile(path!)));
    }

    /// <summary>Whether the cell ends with an expression (no semicolon) that has a value.</summary>
    private static bool HasValue(Compilation compilation)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        return tree.GetRoot() is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }] }
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type is { SpecialType: not SpecialType.System_Void };
    }
}
