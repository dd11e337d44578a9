using System.Text;

namespace Roam.Tests.Display;

/// <summary>Program output made up from a seed: text of all widths, renditions, erasing, scrolling, insertion, modes, titles.</summary>
internal sealed class RandomProgram(int seed, int width, int height, bool clusters = false, bool links = false)
{
    private static readonly string[] Words =
        ["a", "ls -l", "héllo wörld", "日本語", "─│┌┐", "👍", "e\u0301", "👩\u200D💻", "  ", "text that is long enough to wrap around a narrow window", "ｆｕｌｌ", "한글", "\uE0B0", "x\u0308\u0323", "→"];

    /// <summary>Clusters, whole and in pieces: what they come to depends on mode 2027 and on what stands before them.</summary>
    private static readonly string[] Clusters =
        ["🇫🇷", "🇫", "👍\U0001F3FD", "\U0001F3FD", "❤\uFE0F", "❤", "\uFE0F", "\uFE0E", "1\uFE0F\u20E3", "👨\u200D👩\u200D👧", "\u200D", "ᄒ\u1161\u11AB", "\u1161", "क\u094Dत", "\u094D", "น\u0E33", "\u0D4Ea", "\u0600", "\u200B"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _out = new();

    public string Next(int steps)
    {
        _out.Clear();
        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        return _out.ToString();
    }

    private void Step()
    {
        if (links && _random.Next(4) == 0)
        {
            string[] some = [";", ";", "id=1;http://a", ";http://a", ";http://b/" + _random.Next(3)];
            _out.Append("\e]8;").Append(some[_random.Next(some.Length)]).Append('\a');
        }

        switch (_random.Next(clusters ? 22 : 20))
        {
            case 20:
                _out.Append(Clusters[_random.Next(Clusters.Length)]).Append(Clusters[_random.Next(Clusters.Length)]);
                break;
            case 21:
                Csi("?2027" + "hhl"[_random.Next(3)]);
                break;
            case < 7:
                _out.Append(Words[_random.Next(Words.Length)]);
                break;
            case 7:
                _out.Append("\r\n");
                break;
            case 8:
                _out.Append('\n', _random.Next(1, 4));
                break;
            case 9:
                Csi($"{_random.Next(1, height + 2)};{_random.Next(1, width + 2)}H");
                break;
            case < 13:
                Rendition();
                break;
            case 13:
                Csi($"{_random.Next(3)}{"JK"[_random.Next(2)]}");
                break;
            case 14:
                Csi($"{_random.Next(1, 12)}{"XP@LMST"[_random.Next(7)]}");
                break;
            case 15:
                Region();
                break;
            case 16:
                Mode();
                break;
            case 17:
                _out.Append('\x1b').Append("DM78"[_random.Next(4)]);
                break;
            case 18:
                Titles();
                break;
            default:
                _out.Append("\b\t\r\a"[_random.Next(4)]);
                break;
        }
    }

    private void Csi(string rest) => _out.Append("\x1b[").Append(rest);

    private void Rendition()
    {
        string[] some =
        [
            "", "1", "3", "4", "5", "7", "8", "0", "31", "42", "97", "104", "38;5;200", "48;5;17", "38;2;1;2;3", "48;2;250;0;77", "39", "49", "24",
            "2", "9", "53", "4:3", "4:2", "58:2::9:8:7", "58:5:33", "59", "6", "0",
        ];
        Csi(some[_random.Next(some.Length)] + "m");
    }

    private void Region()
    {
        int top = _random.Next(1, height + 1);
        Csi(_random.Next(3) == 0 ? "r" : $"{top};{_random.Next(top, height + 1)}r");
    }

    private void Mode()
    {
        string[] modes = ["?5", "?25", "?2004", "?1004", "?1000", "?1002", "?1003", "?9", "?1006", "?1005", "?1015", "?1007"];
        Csi(modes[_random.Next(modes.Length)] + "hl"[_random.Next(2)]);
        if (_random.Next(4) == 0)
        {
            Csi($"{_random.Next(7)} q");
        }
    }

    private void Titles()
    {
        string[] titles = ["0;both", "1;icon", "2;título 日本", "2;", "52;c;aGVsbG8=", "52;c;d29ybGQ="];
        _out.Append("\x1b]").Append(titles[_random.Next(titles.Length)]).Append('\a');
    }
}
