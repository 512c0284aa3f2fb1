using System.Xml.Linq;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>The documentation comments of an assembly, as the compiler writes them beside it.</summary>
internal sealed class DocumentationFile
{
    private readonly Dictionary<string, XElement> members;

    private DocumentationFile(IEnumerable<XElement> members) =>
        this.members = members.ToDictionary(member => (string?)member.Attribute("name") ?? "", StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static DocumentationFile Load(string path) => new(XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member"));

    /// <summary>Whether something is written about a member, public or not.</summary>
    public bool Has(string id) => members.ContainsKey(id);

    /// <summary>The comment of the member with this documentation id; an empty one where nothing is written.</summary>
    public DocumentationComment Find(string id) => new(members.GetValueOrDefault(id) ?? new XElement("member"));
}

/// <summary>A documentation comment.</summary>
/// <param name="Xml">Its element.</param>
internal sealed record DocumentationComment(XElement Xml)
{
    /// <summary>Whether it says "as the base".</summary>
    public bool Inherits => Xml.Element("inheritdoc") is not null && Xml.Element("summary") is null;

    /// <summary>Of which member it is the comment, where it says so or the base is no part of the library.</summary>
    public string? InheritsFrom { get; init; } = (string?)Xml.Element("inheritdoc")?.Attribute("cref");

    /// <summary>The summary.</summary>
    public XElement? Summary => Xml.Element("summary");

    /// <summary>What the comment says of a parameter or type parameter.</summary>
    public XElement? Parameter(string kind, string name) => Xml.Elements(kind).FirstOrDefault(element => (string?)element.Attribute("name") == name);
}
