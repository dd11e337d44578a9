using System.Text;

namespace Roam.Lab;

/// <summary>Generated output, the same in every run.</summary>
internal static class TermWorkloads
{
    private const int LengthMin = 1 << 20;

    public static IEnumerable<TermWorkload> All()
    {
        yield return new("ASCII lines", Repeat("The quick brown fox jumps over the lazy dog, and then 0123456789 it jumps again.\r\n"), 1200);
        yield return new("ASCII lines of 20 to 70 characters", ShortLines());
        yield return new("ASCII without line feeds", Repeat("The quick brown fox jumps over the lazy dog. "));
        yield return new("SGR every 16 characters", Turns(i => $"\e[0;{30 + (i % 8)}msixteen letters.{LineEnd(i, 5)}"), 300);
        yield return new("SGR-rich log", Turns(i => $"\e[2m12:00:{i % 60:D2}\e[0m \e[1;3{1 + (i % 6)}m{"INFO WARNING"[..4]}\e[0m \e[36mmodule_{i % 9}\e[0m: request \e[38;5;{i % 256}m{i * 7919}\e[0m done in \e[4m{i % 997} ms\e[24m\r\n"));
        yield return new("truecolor per character", Turns(i => $"\e[38;2;{i % 256};{i / 3 % 256};{i / 7 % 256}mx{LineEnd(i, 80)}"), 300);
        yield return new("truecolor, both colours, per character", Turns(i => $"\e[38;2;{i % 256};80;20;48;2;10;{i % 256};30m▀{LineEnd(i, 80)}"));
        yield return new("cursor motion", Turns(i => $"\e[{1 + (i * 7 % 24)};{1 + (i * 13 % 80)}H{(char)('a' + (i % 26))}\e[A\e[3C\e[K"));
        yield return new("CJK lines", Repeat("中文字符测试终端模拟器速度非常快漢字かな交じり文を表示する\r\n"), 250);
        yield return new("emoji and CJK mixed", Repeat("🙂 ok 🚀 漢字 👍 done ✅ かな 🎉 text 👩‍💻 and more\r\n"));
        yield return new("Latin with accents", Repeat("Voilà où l'élève a été: à l'école, près du château, déjà prêt à répéter. \r\n"));
        yield return new("Cyrillic", Repeat("Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n"));
        yield return new("scripts mixed at random", RandomScripts());
        yield return new("combining marks", Repeat("Vie\u0323\u0302t Nam, e\u0301le\u0300ve, n\u0303 and o\u0308 by parts.\r\n"));
        yield return new("scrolling region", Prefixed("\e[5;20r\e[20H", Repeat("a line inside of a region, scrolled up by its end\r\n")));
        yield return new("reverse index in a region", Turns(_ => "\e[5;20r\e[5H\eMa line that comes in at the top"));
        yield return new("insert and delete, lines and characters", Turns(i => $"\e[{1 + (i % 20)};10H\e[L\e[2M\e[4@abcd\e[2P"));
        yield return new("a recorded vim session", Recording.LoadEmbedded("vim").Output);
        yield return new("a recorded htop", Recording.LoadEmbedded("htop").Output);
        yield return new("alternate screen redraw", Turns(AlternateRedraw));
        yield return new("line drawing by charset", Turns(i => $"\e(0lqqqqqqqqqqk\e(B text {i % 10} \e(0x\e(B{LineEnd(i, 3)}"));
    }

    private static string LineEnd(int i, int every) => i % every == every - 1 ? "\r\n" : "";

    private static string AlternateRedraw(int turn)
    {
        StringBuilder page = new(turn % 50 == 0 ? "\e[?1049l\e[?1049h" : "");
        for (int y = 1; y <= 24; y++)
        {
            page.Append($"\e[{y};1H\e[{(y % 3 == 0 ? "7" : "0")}m{y + turn,5} \e[3{y % 8}mA row of a table, with some text in it\e[0m\e[K");
        }

        return page.ToString();
    }

    private static byte[] Repeat(string text) => Turns(_ => text);

    private static byte[] Turns(Func<int, string> turn)
    {
        StringBuilder all = new();
        for (int i = 0; all.Length < LengthMin; i++)
        {
            all.Append(turn(i));
        }

        return Encoding.UTF8.GetBytes(all.ToString());
    }

    private static byte[] ShortLines() => Turns(i => "The quick brown fox jumps over the lazy dog, and then 0123456789 it jum"[..(20 + (i * 31 % 51))] + "\r\n");

    /// <summary>No two characters in a row are alike: the worst case for a decoder that guesses.</summary>
    private static byte[] RandomScripts()
    {
        Rune[] letters = [.. "漢字仮名交じり文の例文です。日本語テキスト🙂Привет мир Ελληνικά".EnumerateRunes()];
        SeededRandom random = new(5);
        return Turns(i => (random.Next(30) == 0 ? "\r\n" : "") + letters[random.Next(letters.Length)]);
    }

    private static byte[] Prefixed(string prefix, byte[] text) => [.. Encoding.UTF8.GetBytes(prefix), .. text];
}
