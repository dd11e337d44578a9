using System.Diagnostics;
using System.Globalization;
using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>
/// The same generated output to tmux's own emulator and to ours; the text on screen must agree. Only sequences that tmux treats as xterm does. Passes over
/// without tmux (./test installs it).
/// </summary>
public sealed class TmuxDifferentialTests
{
    private const int Width = 80;
    private const int Height = 24;
    private const int Streams = 40;
    private const int PiecesPerStream = 60;

    private static readonly string[] Shapes =
    [
        "~", "~", "~", "~", "~", "~", "\r\n", "\n", "\r", "\b", "\t", "\e[#A", "\e[#B", "\e[#C", "\e[#D", "\e[#G", "\e[#d", "\e[#;#H", "\e[J", "\e[1J", "\e[2J", "\e[K", "\e[1K",
        "\e[2K", "\e[#P", "\e[#@", "\e[#X", "\e7", "\e8", "\eM", "\eD", "\eE", "\e[#S", "\e[4h", "\e[4l", "\e[1;3#m", "\e[m", "\e]2;title\a", "\e[?25l", "\e[?25h",
    ];

    // tmux keeps the column at IL and DL (hence the CR) and carries them out also outside the margins (hence not both in one stream).
    private static readonly string[] ShapesWithMargins = [.. Shapes, "\e[#;2#r", "\e[r"];
    private static readonly string[] ShapesWithLines = [.. Shapes, "\e[#L\r", "\e[#M\r"];

    // Erasing half of a wide character leaves a hole in tmux's captured line: wide text comes with whole lines and screens erased only.
    private static readonly string[] ShapesForWide =
    [
        "~", "~", "~", "~", "~", "~", "\r\n", "\n", "\r", "\b", "\t", "\e[#A", "\e[#B", "\e[#C", "\e[#D", "\e[#G", "\e[#d", "\e[#;#H", "\e[2J", "\e[2K", "\e7", "\e8", "\eM", "\eD",
        "\e[#S", "\e[#;2#r", "\e[1;3#m",
    ];

    private static readonly string[] NarrowTexts = ["a", "hello", "0123456789", "some longer text that may wrap around the margin", "é"];
    private static readonly string[] WideTexts = ["a", "hello", "中文", "x中y", "ウィンドウの幅いっぱいに折り返す長い行の文字列をここに書いておく"];

    [Fact]
    public void Tmux_shows_the_same_text()
    {
        if (!File.Exists("/usr/bin/tmux"))
        {
            Assert.Skip("tmux is not installed");
        }

        string folder = Directory.CreateTempSubdirectory("roam-tmux-").FullName;
        try
        {
            byte[][] streams = [.. Enumerable.Range(0, Streams).Select(seed => Stream((ulong)seed))];
            string[] shown = ShownByTmux(folder, streams);
            for (int i = 0; i < Streams; i++)
            {
                Assert.True(Ours(streams[i]) == shown[i], $"seed {i}: {Encoding.UTF8.GetString(streams[i]).Replace("\e", "\\e", StringComparison.Ordinal)}\nours:\n{Ours(streams[i])}\ntmux:\n{shown[i]}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Stream(ulong seed)
    {
        SeededRandom random = new(seed);
        string[] shapes = (seed % 3) switch
        {
            0 => ShapesWithMargins,
            1 => ShapesWithLines,
            _ => ShapesForWide,
        };
        string[] texts = seed % 3 == 2 ? WideTexts : NarrowTexts;
        StringBuilder text = new();
        for (int i = 0; i < PiecesPerStream; i++)
        {
            foreach (char c in shapes[random.Next(shapes.Length)])
            {
                _ = c switch
                {
                    '#' => text.Append(CultureInfo.InvariantCulture, $"{1 + random.Next(9)}"),
                    '~' => text.Append(texts[random.Next(texts.Length)]),
                    _ => text.Append(c),
                };
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Ours(byte[] stream)
    {
        Emulator emulator = TerminalText.Create(Width, Height);
        emulator.Write(stream);
        emulator.Screen.CheckIntegrity();
        return emulator.Screen.AllText().TrimEnd('\n');
    }

    /// <summary>One private tmux server with a window for each stream, read back when the stream was copied.</summary>
    private static string[] ShownByTmux(string folder, byte[][] streams)
    {
        string socket = Path.Combine(folder, "socket");
        string[] shown = new string[streams.Length];
        Tmux(socket, "-f", "/dev/null", "new-session", "-d", "-x", $"{Width}", "-y", $"{Height}", "sleep 600");
        try
        {
            Tmux(socket, "set", "-g", "status", "off");
            Tmux(socket, "set", "-g", "remain-on-exit", "on");
            for (int i = 0; i < streams.Length; i++)
            {
                string file = Path.Combine(folder, $"{i}");
                File.WriteAllBytes(file, streams[i]);
                Tmux(socket, "new-window", "-t", $":{i + 1}", $"stty raw; cat {file}; tmux -S {socket} wait-for -S done{i}; exec sleep 600");
                Tmux(socket, "wait-for", $"done{i}");
                shown[i] = Normalize(Tmux(socket, "capture-pane", "-p", "-t", $":{i + 1}"));
                Tmux(socket, "kill-window", "-t", $":{i + 1}");
            }
        }
        finally
        {
            Tmux(socket, "kill-server");
        }

        return shown;
    }

    private static string Normalize(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd(' '))).TrimEnd('\n');

    private static string Tmux(string socket, params string[] arguments)
    {
        ProcessStartInfo start = new("/usr/bin/tmux", ["-S", socket, "-u", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
