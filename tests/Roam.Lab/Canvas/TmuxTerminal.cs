using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>tmux, of a server of its own: it gets all bytes at once when it is asked for its rows.</summary>
internal sealed class TmuxTerminal : ICanvasTerminal
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("roam-canvas").FullName;
    private readonly int _width;
    private readonly int _height;

    public TmuxTerminal(int width, int height)
    {
        (_width, _height) = (width, height);
        _ = Run("-f", "/dev/null", "new-session", "-d", "-s", "base", "sleep 600", ";", "set-option", "-g", "status", "off", ";", "set-option", "-g", "history-limit", "100000");
    }

    public RowDetail Detail => RowDetail.Text;

    /// <summary>Null, or why there is none.</summary>
    public static string? Missing() => Tool.Run("tmux", ["-V"]);

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Resize(int width, int height) => throw new NotSupportedException();

    public int CursorRow() => throw new NotSupportedException();

    public List<ShownRow> Rows() => [.. Capture("-N").Select(text => new ShownRow(text, "", false))];

    /// <summary>Rows that tmux takes for one line are one.</summary>
    public List<string> Lines() => Capture("-J");

    public void Dispose()
    {
        _ = Run("kill-server");
        Directory.Delete(_folder, recursive: true);
    }

    private List<string> Capture(string form)
    {
        string file = Path.Combine(_folder, "bytes");
        File.WriteAllBytes(file, _bytes.WrittenSpan.ToArray());
        string socket = Path.Combine(_folder, "socket");
        string script = $"stty raw -echo; cat {file}; printf '\\033[6n'; read -rs -d R; tmux -S {socket} wait-for -S shown; sleep 600";
        string side(int value) => value.ToString(CultureInfo.InvariantCulture);
        _ = Run("new-session", "-d", "-s", "screen", "-x", side(_width), "-y", side(_height), "bash", "--norc", "-c", script);
        _ = Run("wait-for", "shown");
        string captured = Run("capture-pane", "-p", form, "-S", "-", "-t", "=screen:");
        _ = Run("kill-session", "-t", "=screen:");
        return [.. captured.TrimEnd('\n').Split('\n').Select(row => row.TrimEnd(' '))];
    }

    private string Run(params string[] arguments)
    {
        ProcessStartInfo start = new("tmux", ["-u", "-S", Path.Combine(_folder, "socket"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("TMUX");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
