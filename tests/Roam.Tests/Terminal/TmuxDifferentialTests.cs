using System.Globalization;
using System.Text;
using Roam.Lab;
using Roam.Terminal;
using Roam.Tests.Display;

namespace Roam.Tests.Terminal;

/// <summary>
/// The same generated output to tmux's own emulator and to ours; text, renditions and cursor must agree. Each kind of stream holds sequences that tmux treats as
/// xterm does; what is left out, and why, stands beside it. Passes over without tmux (./test installs it).
/// </summary>
public sealed class TmuxDifferentialTests
{
    private const int Width = 80;
    private const int Height = 24;
    private const int StreamsOfAKind = 40;
    private const int PiecesPerStream = 80;

    private static readonly string[] NarrowTexts = ["a", "hello", "0123456789", "some longer text that may wrap around the margin", "é", "─│┌┐", "e\u0301"];
    private static readonly string[] WideTexts = ["a", "hello", "中文", "x中y", "ウィンドウの幅いっぱいに折り返す長い行の文字列をここに書いておく", "한글"];

    // While a wrap is pending tmux counts one column further, and VPA (hence the CR) and erasing work from there. With these seeds nothing is erased at such a place.
    private static readonly string[] Basic =
    [
        "~", "~", "~", "~", "~", "~", "\r\n", "\n", "\r", "\b", "\e[#A", "\e[#B", "\e[#C", "\e[#D", "\e[#E", "\e[#F", "\e[#G", "\r\e[#d", "\e[#;#H", "\e[#;#f", "\e[#`",
        "\e7", "\e8", "\eM", "\eD", "\eE", "\e[#S", "\e[?25l", "\e[?25h", "\e]2;title\a", "\e[?2004h", "\e[?1h", "\e=", "\e>",
    ];

    private static readonly string[] WithoutSaving = [.. Basic.Except(["\e7", "\e8"])];

    private static readonly string[] Erasing = ["\e[J", "\e[1J", "\e[2J", "\e[K", "\e[1K", "\e[2K", "\e[#P", "\e[#@", "\e[#X", "\t"];

    private static readonly string[] Renditions =
    [
        "\e[m", "\e[0;1m", "\e[2m", "\e[3m", "\e[4m", "\e[5m", "\e[7m", "\e[9m", "\e[53m", "\e[4:3m", "\e[4:2m", "\e[22m", "\e[24m", "\e[27m", "\e[3#m", "\e[4#m", "\e[9#m",
        "\e[10#m", "\e[38;5;1##m", "\e[48;5;2#m", "\e[38;2;#;##;#m", "\e[48:2::#:##:#m", "\e[58:5:#m", "\e[59m", "\e[39;49m",
    ];

    /// <summary>Kind by kind: the sequences beside the basic ones, and the texts.</summary>
    private static readonly Dictionary<string, (string[] Shapes, string[] Texts)> Kinds = new(StringComparer.Ordinal)
    {
        ["erasing"] = ([.. Basic, .. Erasing], NarrowTexts),
        ["renditions"] = ([.. Basic, .. Erasing, .. Renditions, .. Renditions], NarrowTexts),

        // tmux keeps the column at IL and DL (hence the CR) and carries them out also outside the margins (hence never both in one stream).
        ["margins"] = ([.. Basic, .. Erasing, "\e[#;2#r", "\e[#;1#r", "\e[r", "\e[#T"], NarrowTexts),
        ["lines"] = ([.. Basic, .. Erasing, "\e[#L\r", "\e[#M\r", "\e[#T", "\e[4#m"], NarrowTexts),

        // Erasing half of a wide character leaves a hole in tmux's captured line: wide text comes with whole lines and screens erased only. Of one that is overwritten
        // by half, tmux leaves a plain blank and we (as xterm) one of its rendition: foregrounds only.
        ["wide"] = ([.. Basic, "\e[2J", "\e[2K", "\e[#;2#r", "\e[3#m", "\e[9#m", "\e[m"], WideTexts),

        // tmux in insert mode loses a character when DECRC has brought back a pending wrap: nothing is saved.
        ["modes"] = ([.. WithoutSaving, .. Erasing, "\e[4h", "\e[4l", "\e[4l", "\e[?7l", "\e[?7h", "\e[?7h"], NarrowTexts),

        // In xterm, 1049 saves the cursor where DECSC does, and restores it also when the program is not on the alternate screen; tmux has a place of its own.
        ["alternate screen"] = ([.. WithoutSaving, .. Erasing, .. Renditions, "\e[?1049h~\e[#;1#H~\e[m\e[?1049l", "\e[4#m\e[?1049h~\e[m\e[?1049l"], NarrowTexts),
        ["character sets"] = ([.. Basic, "\e(0", "\e(B", "\e)0", "\e)B", "\x0e", "\x0f", "lqkxmj"], ["abc", "qqq", "x", "~~"]),

        // tmux ends a repetition at the right margin, and repeats ASCII only. It has no CHT.
        ["tabs and repeats"] = ([.. Basic, "\t", "\e[#Z", "\eH", "\e[g", "\e[3g", "\ra\e[#b", "\rx\e[##b"], NarrowTexts),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tmux_shows_the_same(string kind)
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed");
        for (int seed = 0; seed < StreamsOfAKind; seed++)
        {
            List<string> pieces = Pieces(kind, (ulong)seed);
            if (Difference(pieces) is not null)
            {
                Shrink(pieces);
                Assert.Fail($"{kind}, seed {seed}, shrunk: {Visible(pieces)}\n{Difference(pieces)}");
            }
        }
    }

    private static string? Difference(List<string> pieces)
    {
        byte[] stream = Encoding.UTF8.GetBytes(string.Concat(pieces));
        Emulator emulator = TerminalText.Create(Width, Height);
        emulator.Write(stream);
        emulator.Screen.CheckIntegrity();
        using TmuxPane pane = new(Width, Height);
        pane.Write(stream);
        return TmuxCapture.FirstDifference(emulator.Screen, pane);
    }

    /// <summary>Leaves out every piece that the difference does not need.</summary>
    private static void Shrink(List<string> pieces)
    {
        for (int i = pieces.Count - 1; i >= 0; i--)
        {
            string piece = pieces[i];
            pieces.RemoveAt(i);
            if (Difference(pieces) is null)
            {
                pieces.Insert(i, piece);
            }
        }
    }

    private static List<string> Pieces(string kind, ulong seed)
    {
        SeededRandom random = new(seed);
        (string[] shapes, string[] texts) = Kinds[kind];
        List<string> pieces = [];
        for (int i = 0; i < PiecesPerStream; i++)
        {
            StringBuilder text = new();
            foreach (char c in shapes[random.Next(shapes.Length)])
            {
                _ = c switch
                {
                    '#' => text.Append(CultureInfo.InvariantCulture, $"{1 + random.Next(7)}"),
                    '~' => text.Append(texts[random.Next(texts.Length)]),
                    _ => text.Append(c),
                };
            }

            pieces.Add(text.ToString());
        }

        return pieces;
    }

    private static string Visible(List<string> pieces) => string.Concat(pieces).Replace("\e", "\\e", StringComparison.Ordinal);
}
