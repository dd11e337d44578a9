using System.Text;

namespace Roam.Lab;

/// <summary>Terminal output that hits what is there: sequences from a list with numbers and text put in. Seeds for the mutator.</summary>
internal static class TerminalInputGenerator
{
    private const int SeedCount = 2000;
    private const int PiecesMax = 120;

    /// <summary>'#' stands for a number (or none), '~' for text, '¤' and '¬' for these two characters themselves. The rest is taken as it is.</summary>
    public static readonly string[] Shapes =
    [
        "~", "~", "~", "\r\n", "\n", "\r", "\b", "\t", "\a", "\x0e", "\x0f", "\e7", "\e8", "\eD", "\eE", "\eM", "\eH", "\e6", "\e9", "\eZ", "\e¤8", "\ec", "\e=", "\e>",
        "\e(0", "\e(B", "\e)0", "\e*A", "\e+0", "\en", "\eo", "\eN", "\eO",
        "\e[#A", "\e[#B", "\e[#C", "\e[#D", "\e[#E", "\e[#F", "\e[#G", "\e[#;#H", "\e[#I", "\e[#J", "\e[#K", "\e[#L", "\e[#M", "\e[#P", "\e[#S", "\e[#T", "\e[#X", "\e[#Z",
        "\e[#@", "\e[#`", "\e[#a", "\e[#b", "\e[#d", "\e[#e", "\e[#;#f", "\e[#g", "\e[#;#r", "\e[s", "\e[u", "\e[# @", "\e[# A", "\e[#'}", "\e[#'¬", "\e[!p", "\e[# q",
        "\e[#m", "\e[#;#;#m", "\e[38;5;#m", "\e[48;2;#;#;#m", "\e[38:2::#:#:#m", "\e[4:#m", "\e[58:5:#m", "\e[m", "\e[7;#m",
        "\e[4h", "\e[4l", "\e[20h", "\e[20l", "\e[?#h", "\e[?#l", "\e[?1049h", "\e[?1049l", "\e[?47h", "\e[?47l", "\e[?1047h", "\e[?1047l", "\e[?6h", "\e[?6l", "\e[?7l", "\e[?7h",
        "\e[?45h", "\e[?2027h", "\e[?2027l", "\e]2027;#;~\a", "\e[?2026h", "\e[?2026l", "\e[c", "\e[>c", "\e[6n", "\e[?#$p", "\e[>q", "\e[22;#t", "\e[23;#t", "\e[#t", "\eP$q#\e\\", "\ePq~\e\\", "\e_~\e\\",
        "\e[?69h", "\e[?69l", "\e[#;#s", "\e[?69h\e[#;#s", "\e[#;#;#;#;#;#;#;#$v", "\e[#;#;#;#;#$x", "\e[#;#;#;#$z", "\e[#;#;#;#${", "\e[#;#;#;#;#;#$r", "\e[#;#;#;#;#$t", "\e[#*x",
        "\e[#;#;#;#;#;#*y", "\e[#¤y", "\e[#\"q", "\e[?#J", "\e[?#K", "\eV", "\eW", "\e[?1045h", "\e[?40;3h", "\e[?41h", "\e[#¤{", "\e[¤}", "\e¤#",
        "\e[?12h", "\e[?12l", "\e[?67h", "\e[?1007h", "\e[?2031h", "\e[?2048h", "\e[?#s", "\e[?#r", "\e[?#;#s", "\e[#\"p", "\e[#$w", "\e[#x", "\e[&u", "\e[?#;#;#S",
        "\e[?#n", "\e[?996n", "\e[?63;#n", "\e[=c", "\e[#$p", "\e[>#u", "\e[<#u", "\e[=#;#u", "\e[?u", "\e[>4;#m", "\e[>4m", "\e[>4;#f", "\e[>4n", "\e[?4m", "\e[?4g",
        "\eP$qm\e\\", "\eP$q\"p\e\\", "\eP$q t\e\\", "\eP+q544e;436f;6b6631\e\\", "\eP+q#\e\\", "\e_Ga=q,i=#;AAAA\e\\", "\e F", "\e G",
        "\e]4;#;?\a", "\e]4;#;rgb:#/#/#;#;red\a", "\e]4;#;#123456\a", "\e]104;#\a", "\e]104\a", "\e]5;#;#abc\a", "\e]105\a", "\e]10;?;?;?\a", "\e]1#;red;#fff\e\\", "\e]11#\a",
        "\e]7;file://h/~\a", "\e]9;~\a", "\e]9;4;#;#\a", "\e]22;pointer\a", "\e]52;p;eHg=\a", "\e]52;;?\a", "\e]52;c;~\a", "\e]133;A\a", "\e]133;B\a", "\e]133;C\a", "\e]133;D;#\a",
        "\e]777;notify;~;~\a", "\e]1337;SetMark\a", "\e]1337;CurrentDir=/~\a", "\e]1337;File=inline=1:AAAA\a",
        "\e]0;~\a", "\e]2;~\e\\", "\e]8;;~\e\\", "\e]8;;\a", "\e]52;c;QUJD\a", "\e]#;~\a", "\u009b#;#H", "\u0085", "\u009d2;~\u009c",
    ];

    private static readonly string[] Texts =
    [
        "a", "hello world", "0123456789012345678901234567890123456789", "中", "中文字幅", "e\u0301", "\u0301", "\u200d", "\U0001F468\u200d\U0001F469", "\u2764\ufe0f", "é", "\ue0b0",
        "\U0002FFFD", "\U0001F1EB\U0001F1F7", "\U0001F1EB", "\u200d\U0001F4BB", "\ufe0f", "\U0001F3FD", "\u1100\u1161\u11a8", "\u0915\u094d\u0924", "\u0d4e", "~", " ", "        ",
    ];

    /// <summary>Outputs made of the shapes; always the same ones.</summary>
    public static byte[][] Seeds(string[] shapes)
    {
        byte[][] seeds = new byte[SeedCount][];
        for (int i = 0; i < SeedCount; i++)
        {
            seeds[i] = Generate(new SeededRandom((ulong)i), shapes);
        }

        return seeds;
    }

    private static byte[] Generate(SeededRandom random, string[] shapes)
    {
        StringBuilder text = new();
        for (int n = 1 + random.Next(PiecesMax); n > 0; n--)
        {
            AppendShape(text, shapes[random.Next(shapes.Length)], random);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendShape(StringBuilder text, string shape, SeededRandom random)
    {
        foreach (char c in shape)
        {
            switch (c)
            {
                case '#':
                    AppendNumber(text, random);
                    break;
                case '~':
                    text.Append(Texts[random.Next(Texts.Length)]);
                    break;
                case '¤':
                    text.Append('#');
                    break;
                case '¬':
                    text.Append('~');
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }
    }

    private static void AppendNumber(StringBuilder text, SeededRandom random)
    {
        switch (random.Next(8))
        {
            case 0:
                break;
            case 1:
                text.Append(random.NextUInt64());
                break;
            case 2:
                text.Append(random.Next(3000));
                break;
            default:
                text.Append(random.Next(30));
                break;
        }
    }
}
