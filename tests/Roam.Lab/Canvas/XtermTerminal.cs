using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Roam.Lab;

/// <summary>@xterm/headless in a node process of its own; the same process serves one terminal after another.</summary>
internal sealed class XtermTerminal : ICanvasTerminal
{
    /// <summary>The version that the results in docs/history.md are of.</summary>
    private const string Package = "@xterm/headless@6.0.0";

    private readonly Process _node;

    private XtermTerminal(Process node) => _node = node;

    /// <summary>Null, and why, when node or the package is not to be had.</summary>
    public static XtermTerminal? TryStart(out string? why)
    {
        string folder = Path.Combine(Path.GetTempPath(), "roam-lab-xterm-6.0.0");
        why = Tool.Run("node", ["--version"]);
        if (why is null && !Directory.Exists(Path.Combine(folder, "node_modules", "@xterm", "headless")))
        {
            Directory.CreateDirectory(folder);
            why = Tool.Run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", Package]);
        }

        string? script = WorkingCopy.Find("tests", "Roam.Lab", "Xterm", "terminal.js");
        if (why is not null || script is null)
        {
            why ??= "terminal.js is not there: outside of a working copy";
            return null;
        }

        ProcessStartInfo start = new("node", [script, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new XtermTerminal(Process.Start(start)!);
    }

    public void Start(int width, int height) => Ask(string.Create(CultureInfo.InvariantCulture, $"n {width} {height}"));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            Ask("w " + Convert.ToBase64String(bytes));
        }
    }

    public void Resize(int width, int height) => Ask(string.Create(CultureInfo.InvariantCulture, $"r {width} {height}"));

    public int CursorRow() => int.Parse(Ask("c"), CultureInfo.InvariantCulture);

    public RowDetail Detail => RowDetail.LinksUnderlined;

    public List<ShownRow> Rows() => JsonSerializer.Deserialize(Ask("d"), XtermJson.Default.ListShownRow)!;

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    private string Ask(string line)
    {
        _node.StandardInput.Write(line + "\n");
        _node.StandardInput.Flush();
        return _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node has ended");
    }
}
