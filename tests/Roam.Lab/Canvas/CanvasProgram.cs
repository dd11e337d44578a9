using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>Output of a made-up shell session: prompts, listings, floods, long and wide lines, colours, cleared screens, regions, programs on the alternate screen.</summary>
internal sealed class CanvasProgram(SeededRandom random, int width, int height)
{
    private const string Wide = "日本語中文字漢字仮名交文章表示幅";

    private readonly StringBuilder _out = new();
    private int _line;
    private bool _alternate;

    /// <summary>Lines printed so far, for those that only print lines (<see cref="NextLines"/>).</summary>
    public int Lines => _line;

    public string Next()
    {
        _out.Clear();
        if (_alternate)
        {
            StepOnAlternate();
        }
        else
        {
            Step();
        }

        return _out.ToString();
    }

    /// <summary>Only lines, each with its number: what is lost or doubled can be counted whatever the window does.</summary>
    public string NextLines(int count)
    {
        _out.Clear();
        for (int i = 0; i < count; i++)
        {
            _out.Append('<').Append(_line++).Append('>');
            if (random.Chance(250))
            {
                Text(random.Next(3 * width));
            }
            else
            {
                Text(random.Next(6));
            }

            _out.Append("\r\n");
        }

        return _out.ToString();
    }

    private void Step()
    {
        switch (random.Next(20))
        {
            case < 5:
                Prompt();
                break;
            case < 8:
                Listing(1 + random.Next(8));
                break;
            case 8:
                Flood(random.Chance(100) ? 300 + random.Next(400) : 1 + random.Next(3 * height));
                break;
            case 9:
                LongLine(random.Chance(50) ? random.Next(30 * width) : random.Next(4 * width));
                break;
            case 10:
            case 11:
                WideLine();
                break;
            case 12:
                ColouredLine();
                break;
            case 13:
                _out.Append(random.Chance(500) ? "\e[H\e[2J" : "\e[H\e[J");
                break;
            case 14:
                Address();
                break;
            case 15:
                _out.Append("\r\e[2K" + "progress ").Append(random.Next(100)).Append('%');
                break;
            case 16:
                _out.Append('\r').Append("\e[A\e[K"[random.Next(2)..]).Append("\r\n");
                break;
            case 17:
                Region();
                break;
            case 18 when random.Chance(500):
                _out.Append("\e[?1049h\e[H\e[2J");
                _alternate = true;
                break;
            default:
                _out.Append("\r\n");
                break;
        }
    }

    private void StepOnAlternate()
    {
        Address();
        ColouredLine();
        if (random.Chance(250))
        {
            _out.Append("\e[m\e[?1049l");
            _alternate = false;
        }
    }

    private void Prompt()
    {
        _out.Append("\r\n\e[1;32muser@host\e[m:\e[34m~/src\e[m$ ");
        Text(random.Next(width));
        if (random.Chance(300))
        {
            _out.Append("\b\b\b");
        }
    }

    private void Listing(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _out.Append("\r\n");
            for (int column = 0; column * 20 < width - 12; column++)
            {
                _out.Append("\e[").Append(30 + random.Next(8)).Append('m').Append("file").Append(_line++).Append("\e[m\t");
            }
        }
    }

    private void Flood(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _out.Append("\r\n").Append(_line++);
        }
    }

    private void LongLine(int length)
    {
        _out.Append("\r\n#").Append(_line++).Append(' ');
        if (random.Chance(300))
        {
            Rendition();
        }

        bool isLink = random.Chance(300);
        _out.Append(isLink ? "\e]8;;http://example.com/\e\\" : "");
        Text(length);
        _out.Append(isLink ? "\e]8;;\e\\\e[m" : "\e[m");
    }

    private void WideLine()
    {
        _out.Append("\r\n");
        int length = random.Next(2 * width);
        for (int i = 0; i < length; i++)
        {
            if (random.Chance(100))
            {
                _out.Append('x');
            }

            _out.Append(Wide[random.Next(Wide.Length)]);
        }
    }

    private void ColouredLine()
    {
        Rendition();
        Text(random.Next(width + width / 2));
        _out.Append(random.Chance(500) ? "\e[K\e[m" : "\e[m");
        _out.Append(random.Chance(700) ? "\r\n" : "");
    }

    private void Address()
    {
        _out.Append(CultureInfo.InvariantCulture, $"\e[{1 + random.Next(height)};{1 + random.Next(width)}H");
        Text(random.Next(width));
        if (random.Chance(500))
        {
            _out.Append(CultureInfo.InvariantCulture, $"\e[{height};1H");
        }
    }

    private void Region()
    {
        int bottom = 2 + random.Next(height - 1);
        _out.Append(CultureInfo.InvariantCulture, $"\e[{(random.Chance(500) ? 1 : 1 + random.Next(bottom - 1))};{bottom}r\e[{bottom};1H");
        Flood(random.Next(4));
        _out.Append(CultureInfo.InvariantCulture, $"\e[r\e[{height};1H");
    }

    private void Rendition()
    {
        string[] some = ["1", "3", "4", "7", "9", "31", "42", "97", "104", "38;5;200", "48;5;17", "38;2;1;2;3", "48;2;250;0;77", "1;4;33", "2;37"];
        _out.Append("\e[").Append(some[random.Next(some.Length)]).Append('m');
    }

    private void Text(int length)
    {
        for (int i = 0; i < length; i++)
        {
            _out.Append(random.Chance(120) ? ' ' : (char)('a' + random.Next(26)));
        }
    }
}
