using System.Text;
using Roam.Terminal;
using Roam.Tests.House;

namespace Roam.Tests.Terminal;

/// <summary>
/// The escape-sequence cases of the xterm.js project (XtermCases/LICENSE): what the real xterm showed for each input. The inputs were made for a pty
/// in its usual mode, which sends LF as CR LF.
/// </summary>
public sealed class XtermCaseTests
{
    private const int Width = 80;
    private const int Height = 25;

    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Roam.Tests", "Terminal", "XtermCases");

    /// <summary>Where the documents are followed instead of the recording.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["t0060-DECSC"] = "DECRC restores a pending wrap (DEC STD 070; VT220, VT420, VT510); the recorded xterm did not.",
        ["t0084-CBT"] = "CBT moves the cursor away from the margin and so ends a pending wrap; the recorded xterm wrapped from the middle of the line.",
        ["t0103-reverse_wrap"] = "Mode 45 goes back only over lines that autowrap joined, as in xterm since patch 383; the recorded xterm went over any (now mode 1045).",
    };

    public static TheoryData<string> Cases() => [.. Directory.EnumerateFiles(Folder, "*.in").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_screen_is_what_xterm_shows(string name)
    {
        Emulator emulator = TerminalText.Create(Width, Height);
        emulator.Write("\ec"u8);
        emulator.Write(AsSentByPty(File.ReadAllBytes(Path.Combine(Folder, name + ".in"))));
        emulator.Screen.CheckIntegrity();
        string expected = Normalize(File.ReadAllText(Path.Combine(Folder, name + ".text")));
        string actual = Normalize(emulator.Screen.AllText());
        if (Deviations.ContainsKey(name))
        {
            Assert.NotEqual(expected, actual);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    private static byte[] AsSentByPty(byte[] input)
    {
        List<byte> output = [];
        foreach (byte b in input)
        {
            if (b == '\n')
            {
                output.Add((byte)'\r');
            }

            output.Add(b);
        }

        return [.. output];
    }

    private static string Normalize(string text)
    {
        StringBuilder lines = new();
        foreach (string line in text.TrimEnd('\n').Split('\n').Take(Height))
        {
            lines.Append(line.TrimEnd()).Append('\n');
        }

        return lines.ToString().TrimEnd('\n');
    }
}
