using System.Text;

namespace Roam.Tests.Display;

/// <summary>Random output of the kind that terminals agree on: plain and East Asian text, basic renditions, erasing, scrolling.</summary>
internal sealed class NarrowProgram(int seed, int width, int height, bool asciiOnly = false)
{
    private static readonly string[] Words = ["a", "ls -l", "héllo wörld", "日本語", "─│┌┐", "  ", "a text that is long enough to wrap around a narrow window", "→"];
    private static readonly string[] Renditions = ["", "1", "3", "4", "5", "7", "31", "42", "97", "104", "38;5;200", "48;5;17", "38;2;1;2;3", "48;2;250;0;77", "2", "9", "0", "0"];

    private readonly Random _random = new(seed);

    public string Next(int steps)
    {
        StringBuilder text = new();
        for (int i = 0; i < steps; i++)
        {
            text.Append(Step());
        }

        return text.ToString();
    }

    private string Step() => _random.Next(12) switch
    {
        < 5 => Word(),
        5 => "\r\n",
        6 => $"\x1b[{_random.Next(1, height + 1)};{_random.Next(1, width + 1)}H",
        7 or 8 => $"\x1b[{Renditions[_random.Next(Renditions.Length)]}m",
        9 => $"\x1b[{_random.Next(3)}{"JK"[_random.Next(2)]}",
        10 => $"\x1b[{_random.Next(1, 9)}{"XP@LMS"[_random.Next(6)]}",
        _ => _random.Next(3) == 0 ? "\x1b[r" : $"\x1b[{_random.Next(1, height / 2)};{_random.Next(height / 2, height + 1)}r",
    };

    private string Word()
    {
        string word = Words[_random.Next(Words.Length)];
        return asciiOnly && !Ascii.IsValid(word) ? "====== rule ==========" : word;
    }
}
