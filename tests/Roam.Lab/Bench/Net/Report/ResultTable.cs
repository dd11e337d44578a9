using System.Text;

namespace Roam.Lab;

/// <summary>A table as text for a terminal and as Markdown. The first column is left-aligned, the others right.</summary>
internal sealed class ResultTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public string ToText()
    {
        int[] widths = [.. header.Select((h, x) => Math.Max(h.Length, _rows.Select(r => r[x].Length).DefaultIfEmpty().Max()))];
        StringBuilder text = new();
        foreach (string[] row in (IEnumerable<string[]>)[header, .. _rows])
        {
            string line = string.Join("  ", row.Select((cell, x) => x == 0 ? cell.PadRight(widths[x]) : cell.PadLeft(widths[x])));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n| --- |").Insert(text.Length, " ---: |", header.Length - 1).Append('\n');
        foreach (string[] row in _rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }
}
