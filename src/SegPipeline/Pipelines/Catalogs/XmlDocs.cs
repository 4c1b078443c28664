using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SegPipeline.Pipelines.Binding;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>
/// The documentation comments of an assembly, from the XML file that the compiler writes and that stands beside the
/// program, however it is published. Where it is missing, every text is empty.
/// </summary>
internal sealed class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocs> Loaded = new();
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Takes a documentation file.</summary>
    public XmlDocs(XDocument? document)
    {
        foreach (XElement member in document?.Root?.Element("members")?.Elements("member") ?? [])
            if ((string?)member.Attribute("name") is { } name) _members[name] = member;
    }

    /// <summary>The documentation of an assembly.</summary>
    public static XmlDocs For(Assembly assembly) => Loaded.GetOrAdd(assembly, a => new XmlDocs(Find(a)));

    /// <summary>What a type is, on one line.</summary>
    public string SummaryOf(Type type) => OneLine(Section("T:" + NameOf(type), "summary"));

    /// <summary>What a property is, on one line.</summary>
    public string SummaryOf(PropertyInfo property) =>
        OneLine(Section($"P:{NameOf(property.DeclaringType!)}.{property.Name}", "summary"));

    /// <summary>What a field (a word of an enum) means, on one line.</summary>
    public string SummaryOf(FieldInfo field) =>
        OneLine(Section($"F:{NameOf(field.DeclaringType!)}.{field.Name}", "summary"));

    /// <summary>The example of a type, its lines as written, without the indentation they share; null without
    /// one.</summary>
    public string? ExampleOf(Type type)
    {
        XElement? example = Section("T:" + NameOf(type), "example");
        return example is null ? null : Dedented((example.Element("code") ?? example).Value);
    }

    private XElement? Section(string member, string section) => _members.GetValueOrDefault(member)?.Element(section);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static XDocument? Find(Assembly assembly)
    {
        string file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        try
        {
            return File.Exists(file) ? XDocument.Load(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }

    private static string OneLine(XElement? section)
    {
        if (section is null) return "";
        var text = new StringBuilder();
        Append(section, text);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "c" } code) text.Append('`').Append(code.Value).Append('`');
            else if (node is XElement child && ReferredName(child) is { } name) text.Append(name);
            else if (node is XElement nested) Append(nested, text.Append(' '));
        }
    }

    private static string? ReferredName(XElement element)
    {
        string? name = (string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ??
            (string?)element.Attribute("langword");
        return name is null ? null : SnakeCase.Words(name[(name.Split('(')[0].LastIndexOfAny(['.', ':']) + 1)..]);
    }

    private static string Dedented(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int shared = lines.Where(l => l.Trim().Length > 0)
            .Select(l => l.Length - l.TrimStart(' ').Length)
            .DefaultIfEmpty()
            .Min();
        return string.Join('\n', lines.Select(l => l.Length >= shared ? l[shared..].TrimEnd() : "")).Trim('\n');
    }
}
