using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>The bytes of common scenes on a terminal that has everything, and beside it on one that has no more than the wire's reader.</summary>
public sealed class PainterBytesTests
{
    private const int Width = 60;
    private const int Height = 12;

    private static readonly TerminalCapabilities Rich = TerminalCapabilities.Default with
    {
        Colors = 256,
        BackColorErase = true,
        Repeat = true,
        ScrollDown = true,
        SynchronizedOutput = true,
        CursorShape = true,
    };

    private static readonly TerminalCapabilities Plain = Rich with
    {
        EraseLineStart = false,
        EraseDisplay = false,
        InsertDelete = false,
        Repeat = false,
        ReverseScroll = false,
        ScrollDown = false,
        CursorMotion = false,
        LineAddress = false,
        AttributeResets = false,
        ColorResets = false,
        SynchronizedOutput = false,
    };

    [Theory]
    [InlineData("$ echo helo world\x1b[7D", "\x1b[@l", "\x1b[@l")] // typing in the middle
    [InlineData("$ echo hello world\x1b[9D", "\b\x1b[P", "\b\x1b[P")] // Backspace in the middle
    [InlineData("$ echo hello brave world\x1b[5D", "\x1b[6D\x1b[6P", "\x1b[6D\x1b[6P")] // a word deleted
    [InlineData("", "\x1b[5;20Hx", "\x1b[5;20Hx")]
    [InlineData("\x1b[5;20H", "\x1b[4A", "\x1b[d")]
    [InlineData("\x1b[5;20H", "\x1b[5;40H", "\x1b[20C")]
    [InlineData("\x1b[5;20H", "\x1b[9;20H", "\n\n\n\n")]
    [InlineData("", " ", " ")] // a space typed
    [InlineData("one\r", "\x1b[C", "o")] // Right pressed
    [InlineData("", "==================================", "=\x1b[33b")]
    [InlineData("", "\x1b[1ma\x1b[31mb\x1b[39mc", "\x1b[1ma\x1b[31mb\x1b[39mc")]
    [InlineData("one\r\ntwo\r\nthree", "\x1b[H\x1b[J", "\x1b[?2026h\x1b[H\x1b[J\x1b[?2026l")] // clear
    [InlineData("a longer line of text\r\n", "\x1b[1;15H\x1b[1K\x1b[2;1H", "\x1b[H\x1b[15X\n")]
    public void A_small_change_costs_few_bytes(string before, string output, string expected)
    {
        TerminalPainter painter = new(Rich);
        Emulator remote = new(Width, Height, new EmulatorOptions());
        remote.Write(before);
        painter.Paint(remote.Screen);
        remote.Write(output);
        Assert.Equal(Pictures.Readable(expected), Pictures.Readable(painter.Paint(remote.Screen)));
    }

    /// <summary>A pager that goes back: the rows move down, the status line stays.</summary>
    [Fact]
    public void A_line_back_is_a_reverse_scroll()
    {
        TerminalPainter painter = new(Rich);
        Emulator remote = Filled();
        painter.Paint(remote.Screen);
        remote.Write($"\x1b[1;{Height - 1}r\x1b[H\x1bMnew\x1b[r\x1b[{Height};2H");
        Assert.Equal($"^[[?2026h^[[1;{Height - 1}r^[[H^[M^[[r^[[Hnew^[[12;2H^[[?2026l", Pictures.Readable(painter.Paint(remote.Screen)));
    }

    [Theory]
    [InlineData("full redraw", 298, 282)]
    [InlineData("scroll by one", 59, 61)]
    [InlineData("scroll back by one", 110, 59)]
    [InlineData("scroll back by three", 141, 44)]
    [InlineData("insert a line", 96, 44)]
    [InlineData("type in a line", 433, 46)]
    [InlineData("delete a word", 47, 10)]
    [InlineData("clear below", 53, 23)]
    [InlineData("walk about", 209, 209)]
    [InlineData("colours", 411, 379)]
    [InlineData("rules", 119, 35)]
    public void Scenes_cost_what_the_table_in_the_document_says(string scene, int plain, int rich) =>
        Assert.Equal($"{plain} {rich}", $"{Cost(Plain, scene)} {Cost(Rich, scene)}");

    private static int Cost(TerminalCapabilities capabilities, string scene)
    {
        TerminalPainter painter = new(capabilities);
        Emulator remote = Filled();
        painter.Paint(remote.Screen);
        int bytes = 0;
        foreach (string step in Steps(scene))
        {
            remote.Write(step);
            bytes += Encoding.UTF8.GetByteCount(painter.Paint(remote.Screen));
        }

        return bytes;
    }

    private static string[] Steps(string scene) => scene switch
    {
        "full redraw" => ["\x1b[2J" + string.Concat(Enumerable.Range(0, Height).Select(y => $"\x1b[{y + 1};{1 + (y % 4 * 4)}Hother text {y * 7}"))],
        "scroll by one" => ["\x1b[1;11r\x1b[11;1H\nline 12 of the text\x1b[r\x1b[12;2H"],
        "scroll back by one" => ["\x1b[1;11r\x1b[H\x1bMline 0 of the text\x1b[r\x1b[12;2H"],
        "scroll back by three" => ["\x1b[1;11r\x1b[3T\x1b[Ha\r\nb\r\nc\x1b[r\x1b[12;2H"],
        "insert a line" => ["\x1b[1;11r\x1b[4;1H\x1b[Lnew line\x1b[r\x1b[4;9H"],
        "type in a line" => ["\x1b[5;6H", .. "typed here".Select(c => $"\x1b[@{c}")],
        "delete a word" => ["\x1b[5;6H", "\x1b[3P"],
        "clear below" => ["\x1b[4;1H\x1b[J"],
        "walk about" => [.. Enumerable.Range(0, 30).Select(i => $"\x1b[{1 + (i * 5 % Height)};{1 + (i * 17 % Width)}H")],
        "colours" => ["\x1b[H", .. Enumerable.Range(0, 8).Select(i => $"\x1b[1;3{i}mword{i} \x1b[22mmore \x1b[4mline\x1b[24m \x1b[39mplain\r\n")],
        _ => ["\x1b[H" + new string('-', 50) + "\r\n\n\n" + new string('=', 50)],
    };

    private static Emulator Filled()
    {
        Emulator remote = new(Width, Height, new EmulatorOptions());
        for (int y = 1; y < Height; y++)
        {
            remote.Write($"\x1b[{y}Hline {y} of the text, as long as lines are");
        }

        remote.Write($"\x1b[{Height}H:\x1b[{Height};2H");
        return remote;
    }
}
