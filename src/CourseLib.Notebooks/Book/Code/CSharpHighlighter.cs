using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseLib.Notebooks.Book.Code;

/// <summary>
/// Colours C# while the book is made, from the compiler's own tokens, so that a page needs no script for it. Types are told by
/// their place in the syntax alone: <c>Tensor</c> in <c>Tensor.From</c> counts as a type because it starts with a capital.
/// </summary>
internal static class CSharpHighlighter
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The code with a <c>span</c> around what has a colour; without its tags it is the code again.</summary>
    public static Markup Highlight(string code)
    {
        MarkupWriter html = new();
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, Options).GetRoot();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            Add(html, token.LeadingTrivia);
            Add(html, token.Text, Class(token));
            Add(html, token.TrailingTrivia);
        }

        return html.ToHtml();
    }

    private static void Add(MarkupWriter html, SyntaxTriviaList trivia)
    {
        foreach (SyntaxTrivia piece in trivia)
        {
            Add(html, piece.ToFullString(), piece.IsDirective ? "hd" : IsComment(piece) ? "hc" : null);
        }
    }

    private static void Add(MarkupWriter html, string text, string? colour)
    {
        if (text.Length == 0)
        {
            return;
        }

        _ = colour is null ? html.Add($"{text}") : html.Add($"<span class=\"{colour}\">{text}</span>");
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static string? Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringStartToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => "hs",
        SyntaxKind.NumericLiteralToken => "hn",
        SyntaxKind.IdentifierToken => Identifier(token),
        _ => token.IsKeyword() || SyntaxFacts.IsContextualKeyword(token.Kind()) ? "hk" : null,
    };

    private static string? Identifier(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax => "ht",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "hf",
        SimpleNameSyntax { Parent: InvocationExpressionSyntax } name when name.Identifier.Text == "nameof" => "hk",
        SimpleNameSyntax name when IsType(name) => name.Identifier.Text is "var" or "dynamic" ? "hk" : "ht",
        SimpleNameSyntax { Parent: InvocationExpressionSyntax } => "hf",
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member } name
            when call.Expression == member && member.Name == name => "hf",
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax left } name
            when left.Expression == name && char.IsUpper(name.Identifier.Text[0]) && name.Identifier.Text.Length > 1 => "ht",
        _ => null,
    };

    private static bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        VariableDeclarationSyntax or ObjectCreationExpressionSyntax or TypeArgumentListSyntax or BaseTypeSyntax or ArrayTypeSyntax
            or NullableTypeSyntax or TypeOfExpressionSyntax or RefTypeSyntax or TupleElementSyntax or ParameterSyntax or DeclarationPatternSyntax
            or RecursivePatternSyntax or DeclarationExpressionSyntax or DefaultExpressionSyntax or TypeConstraintSyntax => true,
        CastExpressionSyntax cast => cast.Type == name,
        ForEachStatementSyntax each => each.Type == name,
        MethodDeclarationSyntax method => method.ReturnType == name,
        LocalFunctionStatementSyntax function => function.ReturnType == name,
        PropertyDeclarationSyntax property => property.Type == name,
        CatchDeclarationSyntax caught => caught.Type == name,
        BinaryExpressionSyntax binary => binary.Right == name && binary.OperatorToken.Kind() is SyntaxKind.AsKeyword or SyntaxKind.IsKeyword,
        _ => false,
    };
}
