using System.Text;

namespace Roam.Lab;

/// <summary>Prints results as they come and keeps them for the files that were asked for.</summary>
internal sealed class NetReport
{
    private readonly StringBuilder _markdown = new();

    /// <summary>For the plot: a panel for each link that keys were typed over.</summary>
    public List<LatencyPanel> Panels { get; } = [];

    public void Add(string name, string title, ResultTable table, params string[] notes)
    {
        Console.WriteLine($"{name}: {title}\n{table.ToText()}{string.Concat(notes.Select(n => $"  {n}\n"))}");
        _markdown.Append($"### {title} (`{name}`)\n\n{table.ToMarkdown()}\n{string.Join('\n', notes)}\n\n");
    }

    /// <summary>Ready for docs/benchmarks.md.</summary>
    public string ToMarkdown(string machine, string command) => $"{machine}\n\n    {command}\n\n{_markdown}";
}
