using System.Globalization;
using Roam.Tests.Display;

namespace Roam.Tests.Terminal;

/// <summary>A pane of a private tmux server that is written to piece by piece, resized between, and read back.</summary>
internal sealed class TmuxPane : IDisposable
{
    private readonly Tmux _tmux = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("roam-pane").FullName;
    private readonly string _control;
    private int _pieces;

    public TmuxPane(int width, int height)
    {
        _control = Path.Combine(_folder, "control");

        // Reads the names of files from a pipe, shows each, then asks for the terminal's state (DSR 5): once that is answered, tmux has read everything before it.
        string script = $$"""
            stty raw -echo; mkfifo {{_control}}; exec 3<>{{_control}}; tmux wait-for -S ready
            while read -r -u 3 file; do
                cat $file; printf '\033[5n'
                while IFS= read -rs -d n answer; do [[ $answer == *$'\033[0' ]] && break; done
                tmux wait-for -S ${file##*/}
            done
            """;
        _tmux.Run("new-session", "-d", "-s", "screen", "-x", Text(width), "-y", Text(height), "bash", "--norc", "-c", script);
        _tmux.Run("wait-for", "ready");
    }

    public static string Version => Tmux.Version;

    public void Write(byte[] bytes)
    {
        string name = "piece" + Text(_pieces++);
        string file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        using (FileStream control = new(_control, FileMode.Open, FileAccess.Write))
        {
            control.Write(System.Text.Encoding.UTF8.GetBytes(file + "\n"));
        }

        _tmux.Run("wait-for", name);
    }

    public void Resize(int width, int height) => _tmux.Run("resize-window", "-t", "=screen:", "-x", Text(width), "-y", Text(height));

    /// <summary>The rows with renditions, as capture-pane -e tells them.</summary>
    public string[] Rows() => _tmux.Run("capture-pane", "-p", "-e", "-N", "-t", "=screen:").TrimEnd('\n').Split('\n');

    /// <summary>Row and column.</summary>
    public (int Row, int Column) Cursor()
    {
        int[] place = [.. _tmux.Run("display-message", "-p", "-t", "=screen:", "#{cursor_y} #{cursor_x}").Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        return (place[0], place[1]);
    }

    public void Dispose()
    {
        _tmux.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
