using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>Declarations as C#, coloured, with links from the library's types to their entries.</summary>
internal static class Signature
{
    private const SymbolDisplayMiscellaneousOptions Names = SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral | SymbolDisplayMiscellaneousOptions.CollapseTupleTypes;

    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: Names);

    private static readonly SymbolDisplayFormat Full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: Names);

    /// <summary>The declaration of a type, with what it derives from.</summary>
    public static Markup OfType(INamedTypeSymbol type, LibraryReference library)
    {
        MarkupWriter html = new();
        if (type.TypeKind == TypeKind.Class && (type.IsStatic || type.IsAbstract || type.IsSealed))
        {
            Keyword(html, type.IsStatic ? "static" : type.IsAbstract ? "abstract" : "sealed");
        }

        Add(html, type.ToDisplayParts(Full), library);
        IEnumerable<INamedTypeSymbol> parents = type.TypeKind is TypeKind.Enum or TypeKind.Delegate ? [] : type.Interfaces.Where(face => !IsRecordPlumbing(type, face));
        if (type.BaseType is { SpecialType: SpecialType.None, Name: not "ValueType" } and { TypeKind: TypeKind.Class } parent && type.TypeKind == TypeKind.Class)
        {
            parents = parents.Prepend(parent);
        }

        string separator = " : ";
        foreach (INamedTypeSymbol one in parents)
        {
            html.Add($"{separator}");
            Add(html, one.ToDisplayParts(Short), library);
            separator = ", ";
        }

        return html.ToHtml();
    }

    /// <summary>The declaration of a member.</summary>
    public static Markup OfMember(ISymbol member, LibraryReference library)
    {
        MarkupWriter html = new();
        if (member.DeclaredAccessibility != Accessibility.Public)
        {
            Keyword(html, "protected");
        }

        Add(html, member.ToDisplayParts(Full), library);
        return html.ToHtml();
    }

    /// <summary>What a link to a type or member is called: <c>Tensor</c>, <c>Tensor.From</c>.</summary>
    public static string Name(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.ToDisplayString(Short),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"new {constructor.ContainingType.ToDisplayString(Short)}",
        _ => $"{symbol.ContainingType.ToDisplayString(Short)}.{Own(symbol)}",
    };

    /// <summary>The member's name within its type.</summary>
    public static string Own(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { IsIndexer: true } => "this[]",
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType.Name,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => symbol.ToDisplayString(Short.WithMemberOptions(SymbolDisplayMemberOptions.None)),
        _ => symbol.Name,
    };

    private static bool IsRecordPlumbing(INamedTypeSymbol type, INamedTypeSymbol face) => type.IsRecord && face.Name == "IEquatable";

    private static void Keyword(MarkupWriter html, string word) => html.Add($"<span class=\"hk\">{word}</span> ");

    private static void Add(MarkupWriter html, IEnumerable<SymbolDisplayPart> parts, LibraryReference library)
    {
        foreach (SymbolDisplayPart part in parts)
        {
            string text = part.ToString();
            Markup shown = Class(part.Kind) is { } colour ? new MarkupWriter().Add($"<span class=\"{colour}\">{text}</span>").ToHtml() : Markup.Text(text);
            _ = part.Symbol is INamedTypeSymbol type && library.Find(type.OriginalDefinition.GetDocumentationCommentId()!) is { } target
                ? html.Add($"<a href=\"{PageNames.Entry(target)}\">{shown}</a>") : html.Add(shown);
        }
    }

    private static string? Class(SymbolDisplayPartKind kind) => kind switch
    {
        SymbolDisplayPartKind.Keyword => "hk",
        SymbolDisplayPartKind.StringLiteral => "hs",
        SymbolDisplayPartKind.NumericLiteral => "hn",
        SymbolDisplayPartKind.ClassName or SymbolDisplayPartKind.StructName or SymbolDisplayPartKind.InterfaceName or SymbolDisplayPartKind.EnumName
            or SymbolDisplayPartKind.DelegateName or SymbolDisplayPartKind.TypeParameterName or SymbolDisplayPartKind.RecordClassName or SymbolDisplayPartKind.RecordStructName => "ht",
        SymbolDisplayPartKind.MethodName or SymbolDisplayPartKind.ExtensionMethodName or SymbolDisplayPartKind.PropertyName => "hf",
        _ => null,
    };
}
