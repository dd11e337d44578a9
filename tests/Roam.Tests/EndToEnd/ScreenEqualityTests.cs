using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Roam.Tests.EndToEnd;

/// <summary>The same program under tmux, once directly and once through a session: the pictures must be equal, colours and all.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ScreenEqualityTests
{
    private const int Width = 100;
    private const int Height = 30;

    private static readonly string Folder = MakeFolder();

    public static TheoryData<Pair, string> Cases
    {
        get
        {
            TheoryData<Pair, string> cases = [];
            foreach (Pair pair in (Pair[])[Pair.OurServerOurClient, Pair.OurServerStockClient, Pair.StockServerOurClient])
            {
                foreach (string program in (string[])["vim", "ls", "less", "utf8", "attributes"])
                {
                    cases.Add(pair, program);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_program_looks_the_same_through_a_session(Pair pair, string program)
    {
        string[] command = CommandOf(program);
        // Stock 1.4.0's server starts its program with an empty line on the screen.
        string[] directly = pair == Pair.StockServerOurClient ? ["sh", "-c", "echo; exec \"$@\"", "sh", .. command] : command;
        using TmuxWindow direct = new(directly, Width, Height, ("TERM", "xterm-256color"), ("NCURSES_NO_UTF8_ACS", "1"));
        string server = pair == Pair.StockServerOurClient ? Programs.StockServer : Programs.Link("mosh-server");
        string client = pair == Pair.OurServerStockClient ? Programs.StockClient : Programs.Link("mosh-client");
        (int port, string key) = RemoteSession.StartServer(server, command, []);
        using TmuxWindow through = new([client, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], Width, Height, ("TERM", "tmux-256color"), ("COLORTERM", "truecolor"), ("MOSH_KEY", key));
        direct.WaitFor("the program", s => s.Contains("END", StringComparison.Ordinal));
        // Stock 1.4.0's client spells the bright colours 38;5;8 to 15, which tmux keeps apart from 90 to 97: there only the text is compared.
        bool escapes = pair != Pair.OurServerStockClient || program is not ("vim" or "attributes");
        long start = Stopwatch.GetTimestamp();
        string wanted = direct.Capture(escapes), seen = through.Capture(escapes);
        while (wanted != seen && Stopwatch.GetElapsedTime(start) < Programs.Patience)
        {
            (wanted, seen) = (direct.Capture(escapes), through.Capture(escapes));
        }

        Assert.Equal(wanted, seen);
    }

    private static string[] CommandOf(string program) => program switch
    {
        // Questions to the terminal are answered differently by tmux and by a session: colours must not depend on them.
        "vim" => ["vim", "-n", "-u", "NONE", "-N", "--cmd", "set t_RV= t_RB= t_RF= t_u7= t_RS= bg=dark", "--cmd", "syntax on", "-c", "set number hlsearch list", "-c", "/int", Path.Combine(Folder, "program.c")],
        "ls" => ["sh", "-c", $"ls --color=always -la --time-style=+ {Folder}; echo END; read x"],
        "less" => ["less", "-R", "-N", Path.Combine(Folder, "program.c")],
        "utf8" => ["sh", "-c", $"cat {Folder}/utf8.txt; read x"],
        _ => ["sh", "-c", $"cat {Folder}/attributes.txt; read x"],
    };

    private static string MakeFolder()
    {
        // Two deep: `ls -a` shows the size of what is above, and others write into the home.
        string folder = Path.Combine(Sandbox.Home, "equality", "folder");
        Directory.CreateDirectory(Path.Combine(folder, "a folder"));
        File.WriteAllText(Path.Combine(folder, "program.c"), """
            #include <stdio.h>

            /* END of the beginning: a comment with "text" and 世界 */
            static const char *words[] = { "one", "two\t", "grüße\n" };

            int main(int argc, char **argv)
            {
            	for (int i = 0; i < 3; i++) {
            		printf("%d %s\n", i, words[i]); // a very long line that reaches over the right edge of the window and is wrapped by the program itself: 0123456789
            	}
            	return 0x1F;
            }

            """);
        File.WriteAllText(Path.Combine(folder, "utf8.txt"), """
            Latin: Grüße, naïveté, Łódź, Ελληνικά, Кириллица
            Wide: 世界你好 こんにちは 안녕하세요 ｆｕｌｌ
            Combining: e\u0301 a\u0308 n\u0303 o\u0302\u0323 after
            Hebrew and Arabic: שלום  مرحبا
            Thai: สวัสดี  Devanagari: नमस्ते
            Boxes: ┌──┬──┐ │▒▒│▓▓│ └──┴──┘ ╔══╗ ▁▂▃▄▅▆▇█
            Symbols: ∀x∈ℝ ⌈x⌉ ≠ ∞ → ⇒ ☃ ♠ ★ ✓
            Emoji: 😀 🚀 🎉 🍕 after
            Edge: 012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678世界
            END

            """.Replace("\\u0301", "\u0301", StringComparison.Ordinal).Replace("\\u0308", "\u0308", StringComparison.Ordinal)
            .Replace("\\u0303", "\u0303", StringComparison.Ordinal).Replace("\\u0302", "\u0302", StringComparison.Ordinal).Replace("\\u0323", "\u0323", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "attributes.txt"), Attributes());
        return folder;
    }

    private static string Attributes()
    {
        StringBuilder text = new();
        foreach (int code in (int[])[1, 3, 4, 5, 7])
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{code}mrendition {code}\u001b[0m plain\n");
        }

        // Below 16 a session says 4x for 48;5;x, which is the same colour by a shorter name.
        for (int color = 16; color < 256; color++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[48;5;{color}m{(color % 64 == 63 ? "\u001b[0m\n" : " ")}");
        }

        for (int color = 30; color < 38; color++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{color}mX\u001b[1;{color + 60}mX\u001b[0;{color + 10}mX\u001b[0m");
        }

        return text.Append("\n\u001b[38;2;10;200;30;48;2;90;0;120mtrue colour\u001b[0m\n\u001b[44m\u001b[Kto the edge\u001b[0m\nEND\n").ToString();
    }
}
