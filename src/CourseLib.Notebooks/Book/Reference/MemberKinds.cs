using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>The kinds of members in the order in which a type's entry lists them.</summary>
internal enum MemberKind
{
    Values,
    Constructors,
    Properties,
    Methods,
    Operators,
    Events,
}

/// <summary>Tells the kind of a member.</summary>
internal static class MemberKinds
{
    /// <summary>The kind under which a member is listed.</summary>
    public static MemberKind Of(ISymbol member) => member switch
    {
        IFieldSymbol => MemberKind.Values,
        IPropertySymbol => MemberKind.Properties,
        IEventSymbol => MemberKind.Events,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => MemberKind.Constructors,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => MemberKind.Operators,
        _ => MemberKind.Methods,
    };
}
