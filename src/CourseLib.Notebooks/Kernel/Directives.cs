using System.Text.RegularExpressions;
using CourseLib.Notebooks.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseLib.Notebooks.Kernel;

/// <summary>
/// The lines of a cell that begin with <c>#</c>. A lecture notebook has one, the package of the course; the others that a host
/// might know are refused here with the reason, because the next host does not know them.
/// </summary>
internal static partial class Directives
{
    /// <summary>Takes the package references out of a cell, leaving its line numbers.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="options">How the cell is parsed.</param>
    /// <param name="usesLibrary">Whether the cell asks for CourseLib.</param>
    /// <param name="error">What is wrong with a directive; null when nothing is.</param>
    /// <returns>What to compile.</returns>
    public static string Read(string source, CSharpParseOptions options, out bool usesLibrary, out CellError? error)
    {
        usesLibrary = false;
        error = null;
        if (!source.Contains('#'))
        {
            return source;
        }

        char[] code = source.ToCharArray();
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, options);
        foreach (SyntaxTrivia trivia in tree.GetRoot().DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            int line = tree.GetLineSpan(trivia.Span).StartLinePosition.Line + 1;
            switch (trivia.GetStructure())
            {
                case ReferenceDirectiveTriviaSyntax { File.ValueText: var file }:
                    Match package = Package().Match(file);
                    string? problem = package.Success ? PackageProblem(package) : FileProblem(file);
                    if (problem is not null)
                    {
                        error = new("DirectiveError", problem, line);
                        return source;
                    }

                    if (package.Success)
                    {
                        usesLibrary = true;
                        Array.Fill(code, ' ', trivia.SpanStart, source.AsSpan(trivia.SpanStart, trivia.Span.Length).TrimEnd("\r\n").Length);
                    }

                    break;
                case LoadDirectiveTriviaSyntax:
                    error = new("DirectiveError", "#load is not available: hosts differ in where they look for the file; put shared code into the library", line);
                    return source;
                case BadDirectiveTriviaSyntax or ShebangDirectiveTriviaSyntax:
                    ReadOnlySpan<char> text = source.AsSpan(trivia.SpanStart).Trim();
                    ReadOnlySpan<char> command = text[..(text.IndexOfAny(" \t\r\n") is var end and >= 0 ? end : text.Length)];
                    error = new("DirectiveError", $"{command} is a command that not every notebook host knows; a notebook of the course uses #r \"nuget: {Library.Id}, <version>\" alone", line);
                    return source;
            }
        }

        return new string(code);
    }

    /// <summary>The packages that a cell asks for and that are not the course's own.</summary>
    public static IEnumerable<string> OtherPackages(string source, CSharpParseOptions options) => !source.Contains('#') ? [] :
        CSharpSyntaxTree.ParseText(source, options).GetRoot().DescendantTrivia().Where(trivia => trivia.IsDirective)
            .Select(trivia => trivia.GetStructure()).OfType<ReferenceDirectiveTriviaSyntax>()
            .Select(reference => Package().Match(reference.File.ValueText)).Where(match => match.Success)
            .Select(match => match.Groups["id"].Value).Where(id => id != Library.Id);

    private static string? PackageProblem(Match package)
    {
        (string? id, string? version) = (package.Groups["id"].Value, package.Groups["version"].Value);
        return id != Library.Id
                ? $"package \"{id}\" is not available: without a notebook host only {Library.Id} is, and what it depends on"
            : version.Length == 0
                ? $"#r \"nuget: {Library.Id}\" names no version; expected #r \"nuget: {Library.Id}, {Library.Version}\""
            : version != Library.Version
                ? $"the notebook asks for {Library.Id} {version}, this build is {Library.Version}; build again after `course version`, which sets both"
            : null;
    }

    private static string? FileProblem(string file) =>
        Path.IsPathFullyQualified(file) ? null : $"#r \"{file}\": expected a package or an absolute path; hosts resolve relative paths differently or not at all";

    [GeneratedRegex("""^\s*nuget\s*:\s*(?<id>[^,\s]+)\s*(,\s*(?<version>.*?)\s*)?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Package();
}
