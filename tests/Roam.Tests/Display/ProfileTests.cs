using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>Drawing with what each kind of terminal has, by its real entry: nothing else is written, and the picture is right.</summary>
public sealed class ProfileTests
{
    private const int Width = 40;
    private const int Height = 10;

    public static TheoryData<string> Terms =>
        ["xterm", "xterm-256color", "screen", "screen-256color", "tmux-256color", "linux", "vt220", "vt100", "ansi", "rxvt", "sun"];

    [Theory]
    [MemberData(nameof(Terms))]
    public void Nothing_is_written_that_the_entry_does_not_have_and_the_picture_is_right(string term)
    {
        TerminalCapabilities capabilities = TerminalCapabilities.From(TerminfoEntries.Load(term), term, null);
        for (int seed = 0; seed < 20; seed++)
        {
            AssertDraws(capabilities, seed, new TerminalSyntax(Terminfo.Parse(TerminfoEntries.Load(term))!, term));
        }
    }

    /// <summary>Every capability by itself and any of them together: whatever a terminal lacks, the rest must do.</summary>
    [Fact]
    public void Any_set_of_capabilities_gives_the_picture()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            AssertDraws(Some(new Random(seed)), seed, null);
        }
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void Opening_and_closing_write_only_what_the_entry_has(string term)
    {
        TerminalCapabilities capabilities = TerminalCapabilities.From(TerminfoEntries.Load(term), term, null);
        TerminalPainter painter = new(capabilities);
        ArrayBufferWriter<byte> bytes = new();
        painter.WriteOpen(bytes);
        string open = Encoding.ASCII.GetString(bytes.WrittenSpan);
        painter.Paint(new Emulator(Width, Height, new EmulatorOptions()).Screen);
        bytes.ResetWrittenCount();
        painter.WriteClose(bytes);
        string own = Encoding.ASCII.GetString(capabilities.EnterAlternateScreen.Span);
        Assert.Equal(own + "\x1b[?1h", open);
        string leave = Encoding.ASCII.GetString(capabilities.LeaveAlternateScreen.Span);
        string close = Encoding.ASCII.GetString(bytes.WrittenSpan);
        Assert.EndsWith(leave, close, StringComparison.Ordinal);
        string rest = close[..(close.Length - leave.Length)].Replace("\x1b>", "", StringComparison.Ordinal); // DECKPNM: since the VT100.
        Assert.Null(new TerminalSyntax(Terminfo.Parse(TerminfoEntries.Load(term))!, term).FindForeign(rest));
    }

    private static void AssertDraws(TerminalCapabilities capabilities, int seed, TerminalSyntax? syntax)
    {
        TerminalPainter painter = new(capabilities);
        TerminalDialect dialect = new(capabilities, "");
        Emulator terminal = new(Width, Height, new EmulatorOptions());
        Emulator remote = new(Width, Height, new EmulatorOptions());
        RandomProgram output = new(seed, Width, Height);
        Random edits = new(seed);
        for (int round = 0; round < 40; round++)
        {
            remote.Write(round % 3 == 0 ? Edit(edits) : output.Next(1 + (round % 12)));
            string bytes = painter.Paint(remote.Screen);
            terminal.Write(bytes);
            string context = $"seed {seed} round {round} {Pictures.Readable(bytes)}";
            Assert.Equal(bytes.Contains("\x1b[?2026h", StringComparison.Ordinal), bytes.EndsWith("\x1b[?2026l", StringComparison.Ordinal));
            Assert.True(syntax is null || syntax.FindForeign(bytes) is null, $"{syntax?.FindForeign(bytes)} in {context}");
            AssertShows(remote.Screen, terminal.Screen, dialect, context);
        }

        terminal.Screen.CheckIntegrity();
    }

    /// <summary>What editors and pagers do: a line opened or closed, characters put in or taken out, the rest erased, a rule drawn.</summary>
    private static string Edit(Random random) => $"\x1b[{random.Next(1, Height + 1)};{random.Next(1, Width + 1)}H" + random.Next(9) switch
    {
        0 => "\x1b[L",
        1 => "\x1b[3M",
        2 => "\x1b[@x",
        3 => "\x1b[4P",
        4 => "\x1b[J",
        5 => "\x1b[1K",
        6 => new string('=', random.Next(30)),
        7 => "\x1b[2T",
        _ => "one two three four five six",
    };

    private static TerminalCapabilities Some(Random random) => TerminalCapabilities.Default with
    {
        Colors = (new[] { 0, 8, 16, 256 })[random.Next(4)],
        TrueColor = random.Next(2) == 0,
        BackColorErase = random.Next(2) == 0,
        EraseCharacters = random.Next(2) == 0,
        EraseLine = random.Next(2) == 0,
        EraseLineStart = random.Next(2) == 0,
        EraseDisplay = random.Next(2) == 0,
        InsertDelete = random.Next(2) == 0,
        Repeat = random.Next(2) == 0,
        ScrollRegion = random.Next(2) == 0,
        ReverseScroll = random.Next(2) == 0,
        ScrollDown = random.Next(2) == 0,
        CursorMotion = random.Next(2) == 0,
        LineAddress = random.Next(2) == 0,
        CursorVisibility = random.Next(2) == 0,
        AttributeResets = random.Next(2) == 0,
        ColorResets = random.Next(2) == 0,
        Faint = random.Next(2) == 0,
        Italic = random.Next(2) == 0,
        Strike = random.Next(2) == 0,
        Overline = random.Next(2) == 0,
        RapidBlink = random.Next(2) == 0,
        StyledUnderlines = random.Next(2) == 0,
        SynchronizedOutput = random.Next(2) == 0,
        CursorShape = random.Next(2) == 0,
        TrustsIdeographs = random.Next(2) == 0,
        DoubtsAmbiguous = random.Next(4) == 0,
        PrivateModes = random.Next(2) == 0,
        BottomRightScrolls = random.Next(4) == 0,
    };

    private static void AssertShows(Screen expected, Screen actual, TerminalDialect dialect, string context)
    {
        for (int y = 0; y < Height; y++)
        {
            // What must not be printed: the last cell, or the wide character there.
            int end = y == Height - 1 && dialect.BottomRightScrolls ? Width - 2 : Width;
            Assert.True(
                Row(expected, y, end, style => dialect.Shown(style)) == Row(actual, y, end, style => style),
                $"{context} row {y}\nexpected {Row(expected, y, end, style => dialect.Shown(style))}\nactual   {Row(actual, y, end, style => style)}");
        }

        Assert.Equal((expected.Cursor.Row, expected.Cursor.Column), (actual.Cursor.Row, actual.Cursor.Column));
        ScreenModes modes = expected.Modes;
        modes.CursorHidden &= dialect.HasCursorVisibility;
        Assert.True(modes == actual.Modes, $"{context}: modes {modes} != {actual.Modes}");
        Assert.True(!dialect.HasCursorShape || expected.Cursor.Shape == actual.Cursor.Shape, context);
        Assert.Equal((0, Height - 1), (actual.MarginTop, actual.MarginBottom));
    }

    private static string Row(Screen screen, int y, int end, Func<Style, Style> shown)
    {
        StringBuilder text = new();
        Style last = Style.Default;
        foreach (Cell cell in screen.CellsAt(y)[..end])
        {
            Style style = shown(screen.Tables.Styles[cell.Style]);
            if (style != last)
            {
                text.Append('{').Append(style).Append('}');
                last = style;
            }

            text.Append(cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : cell.IsSpacer ? "." : new Rune(cell.Content).ToString());
        }

        return text.ToString();
    }
}
