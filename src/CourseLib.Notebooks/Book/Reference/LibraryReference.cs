using System.Reflection;
using CourseLib.Tensors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>The library as a reader of its reference sees it: the compiled assembly's public types, room by room, with the documentation comments that the build left beside it.</summary>
internal sealed class LibraryReference
{
    private readonly DocumentationFile comments;
    private readonly Dictionary<string, ISymbol> symbols = new(StringComparer.Ordinal);

    private LibraryReference(DocumentationFile comments, IAssemblySymbol assembly)
    {
        this.comments = comments;
        Rooms = [.. PublicTypes(assembly.GlobalNamespace)
            .GroupBy(type => Room.NameOf(type))
            .Where(group => group.Key.Length > 0)
            .Select(group => new Room(group.Key, [.. group.OrderBy(type => Place(type), StringComparer.Ordinal)]))
            .OrderBy(room => Room.Order(room.Name)).ThenBy(room => room.Name, StringComparer.Ordinal)];
        foreach (ISymbol symbol in Rooms.SelectMany(room => room.Types).SelectMany(type => Members(type).Prepend(type)))
        {
            symbols[symbol.GetDocumentationCommentId()!] = symbol;
        }
    }

    /// <summary>The rooms that have public types, in the order in which a student meets them.</summary>
    public IReadOnlyList<Room> Rooms { get; }

    /// <summary>Reads the library that this command carries.</summary>
    /// <exception cref="IOException">The comments cannot be read.</exception>
    public static LibraryReference Load() => Load(typeof(Tensor).Assembly);

    /// <summary>Reads an assembly, with the XML file beside it.</summary>
    public static LibraryReference Load(Assembly assembly)
    {
        string platform = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        MetadataReference library = MetadataReference.CreateFromFile(assembly.Location);
        IEnumerable<MetadataReference> others = platform.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => path != assembly.Location && File.Exists(path)).Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create("reference", references: [library, .. others]);
        return new(DocumentationFile.Load(Path.ChangeExtension(assembly.Location, ".xml")), (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(library)!);
    }

    /// <summary>What a documentation id names, where it is a public part of the library.</summary>
    public ISymbol? Find(string id) => symbols.GetValueOrDefault(id);

    /// <summary>Whether the library has such a thing at all, for its own use perhaps.</summary>
    public bool Knows(string id) => symbols.ContainsKey(id) || comments.Has(id);

    /// <summary>The comment of a type or member; one that says "as the base" is the base's.</summary>
    public DocumentationComment Comment(ISymbol symbol)
    {
        DocumentationComment comment = comments.Find(symbol.GetDocumentationCommentId()!);
        for (int depth = 0; comment.Inherits && depth < 8; depth++)
        {
            string? from = comment.InheritsFrom ?? Base(symbol)?.GetDocumentationCommentId();
            if (from is null || Find(from) is not { } source)
            {
                return comment with { InheritsFrom = from };
            }

            symbol = source;
            comment = comments.Find(from);
        }

        return comment;
    }

    /// <summary>The members of a type that its user or its heir can name, in the order of their kinds, each kind by name; what the compiler made is left out.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers()
        .Where(member => IsVisible(member) && member is not INamedTypeSymbol && !IsMade(member) && !IsPlumbing(member))
        .OrderBy(MemberKinds.Of)
        .ThenBy(member => type.TypeKind == TypeKind.Enum ? 0 : 1)
        .ThenBy(member => type.TypeKind == TypeKind.Enum ? "" : member.Name, StringComparer.Ordinal);

    /// <summary>The type's name with those of the types around it, for example <c>Digits.Part</c>.</summary>
    public static string Place(INamedTypeSymbol type) => type.ContainingType is { } outer ? $"{Place(outer)}.{type.Name}" : type.Name;

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => PublicTypes(inner),
        INamedTypeSymbol type when IsVisible(type) && !IsMade(type) => PublicTypes(type).Prepend(type),
        _ => [],
    });

    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol.ContainingType is { IsSealed: false });

    private static bool IsMade(ISymbol symbol) => symbol.IsImplicitlyDeclared || symbol.Name.Contains('<', StringComparison.Ordinal)
        || symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");

    // Accessors stand with their property; what every object has says nothing about this one.
    private static bool IsPlumbing(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.StaticConstructor or MethodKind.Destructor } => true,
        IMethodSymbol { Name: "GetHashCode" or "Equals" or "op_Equality" or "op_Inequality" } => true,
        IFieldSymbol { Name: "value__" } => true,
        IPropertySymbol { Name: "EqualityContract" } => true,
        _ => false,
    };

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method.OriginalDefinition,
        IPropertySymbol { OverriddenProperty: { } property } => property.OriginalDefinition,
        INamedTypeSymbol { BaseType: { } type } => type.OriginalDefinition,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(face => face.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))?.OriginalDefinition,
    };
}
