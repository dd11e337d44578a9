using System.Globalization;
using System.Net;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// Latencies as an SVG text: a panel for each link, a row for each program. Every key is a dot on a logarithmic axis, the thick mark is the median, the triangle the
/// 95th percentile, both with their number. Colours are those of Okabe and Ito (and a grey), which differ for colour-blind readers too; each row bears its name as well.
/// </summary>
internal static class LatencyPlot
{
    private const int Columns = 2;
    private const int PanelWidth = 560;
    private const int PanelGap = 28;
    private const int Margin = 24;
    private const int NameWidth = 96;
    private const int NumbersWidth = 116;
    private const int RowHeight = 30;
    private const int TitleHeight = 30;
    private const int AxisHeight = 40;
    private const int HeadHeight = 74;
    private const double DotSpread = 16;

    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#555555", "#E69F00", "#56B4E9"];

    public static string Draw(IReadOnlyList<LatencyPanel> panels, string subtitle)
    {
        int rows = panels.Max(p => p.Programs.Count);
        int height = TitleHeight + (rows * RowHeight) + AxisHeight;
        int lines = (panels.Count + Columns - 1) / Columns;
        int columns = Math.Min(Columns, panels.Count);
        int totalWidth = (2 * Margin) + (columns * PanelWidth) + ((columns - 1) * PanelGap);
        int totalHeight = HeadHeight + (lines * (height + PanelGap)) + Margin;
        List<string> programs = [.. panels.SelectMany(p => p.Programs.Select(x => x.Program)).Distinct()];
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{totalWidth}" height="{totalHeight}" viewBox="0 0 {totalWidth} {totalHeight}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif" fill="#222">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Margin}" y="30" font-size="20" font-weight="600">From a key to its character on the screen</text>
            <text x="{Margin}" y="52" font-size="13" fill="#555">{WebUtility.HtmlEncode(subtitle)}</text>

            """);
        DrawLegend(svg, totalWidth - Margin);
        for (int i = 0; i < panels.Count; i++)
        {
            double x = Margin + (i % Columns * (PanelWidth + PanelGap));
            double y = HeadHeight + (i / Columns * (height + PanelGap));
            DrawPanel(svg, panels[i], x, y, programs);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawLegend(StringBuilder svg, int right) => svg.Append(CultureInfo.InvariantCulture, $"""
        <g font-size="13" fill="#555">
        <circle cx="{right - 424}" cy="26" r="2.5" fill="#0072B2" fill-opacity=".5"/><text x="{right - 414}" y="30">a key</text>
        <rect x="{right - 362}" y="17" width="4" height="18" rx="1" fill="#0072B2"/><text x="{right - 352}" y="30">median</text>
        <path d="M{right - 283} 18l7 15h-14z" fill="#0072B2"/><text x="{right - 272}" y="30">95th percentile</text>
        <path d="M{right - 162} 16v20" stroke="#666" stroke-dasharray="4 3"/><text x="{right - 154}" y="30">round trip of the link</text>
        </g>

        """);

    private static void DrawPanel(StringBuilder svg, LatencyPanel panel, double x, double y, List<string> programs)
    {
        double left = x + NameWidth, right = x + PanelWidth - NumbersWidth, top = y + TitleHeight, bottom = top + (panel.Programs.Count * RowHeight);
        LogAxis axis = LogAxis.Over(panel.Programs.Select(p => p.Latencies).Where(d => d.Count > 0), panel.RttMillis, left + 6, right - 6);
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{y + 18}" font-size="15" font-weight="600">{WebUtility.HtmlEncode(panel.Title)}<tspan font-size="12" font-weight="400" fill="#777" dx="8">{WebUtility.HtmlEncode(panel.Name)}</tspan></text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{right + 62}" y="{y + 22}" font-size="12" fill="#555" text-anchor="end">median</text><text x="{right + NumbersWidth}" y="{y + 22}" font-size="12" fill="#555" text-anchor="end">p95 ms</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="#f7f7f7" stroke="#ddd"/>""");
        foreach (double tick in axis.Ticks)
        {
            double at = axis.At(tick);
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{at:F1} {top}V{bottom}" stroke="#e2e2e2"/><text x="{at:F1}" y="{bottom + 16}" font-size="12" fill="#555" text-anchor="middle">{tick:0.###}</text>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{axis.At(panel.RttMillis):F1} {top}V{bottom}" stroke="#666" stroke-dasharray="4 3"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{(left + right) / 2}" y="{bottom + 32}" font-size="12" fill="#555" text-anchor="middle">ms, logarithmic</text>""").Append('\n');
        for (int row = 0; row < panel.Programs.Count; row++)
        {
            (string program, Distribution latencies) = panel.Programs[row];
            string colour = Colours[Math.Max(0, programs.IndexOf(program)) % Colours.Length];
            DrawRow(svg, program, latencies, axis, colour, x, top + ((row + 0.5) * RowHeight), right);
        }
    }

    private static void DrawRow(StringBuilder svg, string program, Distribution latencies, LogAxis axis, string colour, double x, double middle, double right)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x + NameWidth - 8}" y="{middle + 4:F1}" font-size="13" text-anchor="end" fill="{colour}" font-weight="600">{WebUtility.HtmlEncode(program)}</text>""");
        if (latencies.Count == 0)
        {
            return;
        }

        // Dots are spread over the row's height by their rank, in steps that never repeat near each other (the golden ratio).
        svg.Append(CultureInfo.InvariantCulture, $"""<path stroke="{colour}" stroke-opacity=".4" stroke-width="4" stroke-linecap="round" """).Append("d=\"");
        for (int i = 0; i < latencies.Count; i++)
        {
            double spread = ((i * 0.618034 % 1) - 0.5) * DotSpread;
            svg.Append(CultureInfo.InvariantCulture, $"M{axis.At(latencies.Sorted[i]):F1} {middle + spread:F1}h0");
        }

        double median = latencies.Median, p95 = latencies.Quantile(0.95);
        svg.Append("\"/>").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{axis.At(median) - 2:F1}" y="{middle - 12:F1}" width="4" height="24" rx="1" fill="{colour}" stroke="#fff"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{axis.At(p95):F1} {middle - 9:F1}l7 15h-14z" fill="{colour}" stroke="#fff"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{right + 62}" y="{middle + 4:F1}" font-size="13" text-anchor="end" font-weight="600">{Number(median)}</text><text x="{right + NumbersWidth}" y="{middle + 4:F1}" font-size="13" text-anchor="end">{Number(p95)}</text>""").Append('\n');
    }

    private static string Number(double millis) => millis.ToString(millis < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
