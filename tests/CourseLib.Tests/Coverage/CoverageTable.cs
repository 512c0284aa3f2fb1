using System.Reflection;
using System.Text;

namespace CourseLib.Tests.Coverage;

/// <summary>docs/coverage.md: each term of the lectures with the types that implement it and the tests that prove it, and what is wrong with the table.</summary>
internal sealed class CoverageTable
{
    /// <summary>The file, relative to the repository's root.</summary>
    internal const string File = "docs/coverage.md";

    private const string Head = """
        # What the lectures mention, and where it is

        Every term of the five lectures, the types of CourseLib that implement it, and the tests that prove it. Tests name their term in `[Term("…")]`; this table is made
        from those attributes and a test holds it to them. Make it anew with

            dotnet run --project tests/CourseLib.Tests -- coverage

        Lectures: *intro* Deep learning: introduction; *perc* Neural networks, perceptrons, training; *lbd* Linear, BatchNorm, Dropout; *init* Initialization, optimization;
        *cnn* Convolutional neural networks. Not listed: the pages on the course itself and its list of later topics, the anatomy of the brain beyond what one neuron does,
        and names that slides only cite (people, data sets, the Neocognitron, architectures in tables of results).

        """;

    private readonly IReadOnlyList<Term> terms;
    private readonly ILookup<string, string> tests;

    /// <param name="terms">The terms.</param>
    /// <param name="classes">Classes that may hold tests.</param>
    internal CoverageTable(IReadOnlyList<Term> terms, IEnumerable<Type> classes)
    {
        this.terms = terms;
        tests = classes.SelectMany(Tests).ToLookup(test => test.Term, test => test.Name);
    }

    /// <summary>The table of this assembly.</summary>
    internal static CoverageTable Own() => new([.. Terms.All, .. IdeaTerms.All], typeof(CoverageTable).Assembly.GetExportedTypes());

    /// <summary>What is wrong: a row without types or tests, a term that is there twice, an attribute that names no term.</summary>
    internal IEnumerable<string> Problems()
    {
        foreach (Term term in terms)
        {
            if (term.Types.Length == 0)
            {
                yield return $"'{term.Name}' has no type that implements it";
            }

            if (!tests[term.Name].Any())
            {
                yield return $"'{term.Name}' has no test that proves it: write [Term(\"{term.Name}\")] on one that is not skipped";
            }

            if (string.IsNullOrWhiteSpace(term.Russian) || string.IsNullOrWhiteSpace(term.Lectures))
            {
                yield return $"'{term.Name}' does not say where the lectures have it";
            }
        }

        foreach (IGrouping<string, Term> twice in terms.GroupBy(term => term.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"'{twice.Key}' is listed {twice.Count()} times";
        }

        foreach (IGrouping<string, string> unknown in tests.Where(group => terms.All(term => term.Name != group.Key)))
        {
            yield return $"no term is called '{unknown.Key}'; {unknown.First()} names it";
        }
    }

    /// <summary>The table as Markdown.</summary>
    internal string ToMarkdown()
    {
        StringBuilder text = new(Head.ReplaceLineEndings("\n") + "\n| Term | In Russian | Lecture and slide | Types | Proven by |\n|---|---|---|---|---|\n");
        foreach (Term term in terms)
        {
            string types = string.Join(", ", term.Types.Select(type => $"`{NameOf(type)}`"));
            string proofs = string.Join(", ", tests[term.Name].Distinct().Order(StringComparer.Ordinal).Select(test => $"`{test}`"));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {Cell(term.Name)} | {Cell(term.Russian)} | {Cell(term.Lectures)} | {types} | {proofs} |\n");
        }

        return text.ToString();
    }

    /// <summary>Writes the file.</summary>
    internal static int Write()
    {
        CoverageTable own = Own();
        System.IO.File.WriteAllText(Architecture.Repository.Full(File), own.ToMarkdown());
        foreach (string problem in own.Problems())
        {
            Console.Error.WriteLine(problem);
        }

        return own.Problems().Any() ? 1 : 0;
    }

    /// <summary>The tests of a class with the terms that they or their class name; a skipped test proves nothing.</summary>
    private static IEnumerable<(string Term, string Name)> Tests(Type type)
    {
        string[] ofClass = [.. type.GetCustomAttributes<TermAttribute>().Select(term => term.Name)];
        MethodInfo[] tests = [.. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })];
        foreach (string term in ofClass)
        {
            if (tests.Length > 0)
            {
                yield return (term, FormattableString.Invariant($"{NameOf(type)} ({(tests.Length == 1 ? "1 test" : $"{tests.Length} tests")})"));
            }
        }

        foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
        {
            foreach (TermAttribute term in method.GetCustomAttributes<TermAttribute>().Where(_ => tests.Contains(method)))
            {
                if (!ofClass.Contains(term.Name))
                {
                    yield return (term.Name, $"{NameOf(type)}.{method.Name}");
                }
            }
        }
    }

    private static string NameOf(Type type)
    {
        string room = type.Namespace?.Split('.') is [_, .. string[] rest] ? string.Join('.', rest.Where(part => part != "Tests")) : "";
        return (room.Length > 0 ? room + "." : "") + type.Name.Split('`')[0];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
