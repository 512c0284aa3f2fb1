using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseLib.Tests.Architecture;

/// <summary>One use, in a file of one room, of something that another room's files declare.</summary>
/// <param name="File">The using file, relative to the library's folder.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Symbol">What is used.</param>
/// <param name="Rooms">The rooms whose files declare it: more than one for a type in several parts.</param>
internal sealed record Import(string File, int Line, string Symbol, IReadOnlyList<string> Rooms)
{
    /// <summary>The room of the using file.</summary>
    public string From => Architecture.Rooms.Of(File);

    /// <summary>A type in parts may be used by whoever may use one of its parts; a member belongs to the file that declares it.</summary>
    public bool IsAllowed => Rooms.Any(room => Architecture.Rooms.MayUse(From, room));

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {From} uses {Symbol} of {string.Join(" and ", Rooms)}";
}

/// <summary>
/// Finds the imports between rooms with the compiler's own understanding of the source. Namespaces would not do: Tensor has its data in Tensors/ and
/// its operators in Autograd/, one type in one namespace, and a kernel of Tensors/ that writes a + b has climbed a floor without any using.
/// </summary>
internal static class SourceImports
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>The imports among the given files (path relative to the library, text).</summary>
    public static IReadOnlyList<Import> Find(IEnumerable<(string Path, string Text)> files)
    {
        CSharpCompilation compilation = Compile(files);
        return compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree => Of(tree, compilation)).ToArray();
    }

    /// <summary>Compiles the files as the library's project would; source that does not compile is an error, for its symbols would be missed.</summary>
    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files)
    {
        CSharpParseOptions options = new(LanguageVersion.Latest, DocumentationMode.None, preprocessorSymbols: ["NET10_0_OR_GREATER", "RELEASE"]);
        SyntaxTree[] trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options))
            .ToArray();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "ArchitectureProbe", trees, PlatformReferences(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Diagnostic[] errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(errors.Length == 0, $"the sources do not compile here:\n{string.Join('\n', errors.Take(10).Select(error => error.ToString()))}");
        return compilation;
    }

    private static IEnumerable<MetadataReference> PlatformReferences() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("CourseLib", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static IEnumerable<Import> Of(SyntaxTree tree, CSharpCompilation compilation)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        string room = Rooms.Of(tree.FilePath);
        HashSet<(int, string)> seen = new();
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            foreach (ISymbol symbol in Used(node, model))
            {
                string[] rooms = DeclaringRooms(symbol);
                int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                if (rooms.Length > 0 && !rooms.Contains(room) && seen.Add((line, symbol.ToDisplayString())))
                {
                    yield return new Import(tree.FilePath, line, symbol.ToDisplayString(), rooms);
                }
            }
        }
    }

    // Names, and what is used without being named: operators, indexers, constructors behind new(), conversions, enumerators.
    private static IEnumerable<ISymbol> Used(SyntaxNode node, SemanticModel model)
    {
        if (node is ExpressionSyntax expression)
        {
            if (model.GetSymbolInfo(expression).Symbol is { } symbol)
            {
                yield return symbol;
            }

            if (model.GetConversion(expression).MethodSymbol is { } conversion)
            {
                yield return conversion;
            }
        }
        else if (node is CommonForEachStatementSyntax loop && model.GetForEachStatementInfo(loop).GetEnumeratorMethod is { } enumerate)
        {
            yield return enumerate;
        }
        else if (node is ConstructorInitializerSyntax initializer && model.GetSymbolInfo(initializer).Symbol is { } constructor)
        {
            yield return constructor;
        }
    }

    private static string[] DeclaringRooms(ISymbol symbol)
    {
        if (symbol is INamespaceSymbol { IsGlobalNamespace: false, ContainingNamespace.Name: "CourseLib" } space)
        {
            return Rooms.Floors.Any(floor => floor.Contains(space.Name)) ? [space.Name] : [];
        }

        if (symbol is not (ITypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol))
        {
            return [];
        }

        ISymbol declared = symbol.OriginalDefinition;
        declared = declared is IMethodSymbol { ReducedFrom: { } extension } ? extension : declared;
        // A constructor that nobody wrote is its type.
        declared = declared.DeclaringSyntaxReferences.IsEmpty && declared.ContainingType is { } type ? type.OriginalDefinition : declared;
        return declared.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
            .Where(path => path.Length > 0).Select(Rooms.Of).Distinct().ToArray();
    }
}
