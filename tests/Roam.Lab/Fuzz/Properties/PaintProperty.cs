using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What the painter draws on a terminal with these capabilities, played by an emulator of its own, is the picture, as far as the terminal can show it.</summary>
internal sealed class PaintProperty
{
    private static readonly TerminalCapabilities Full = TerminalCapabilities.Default with
    {
        Colors = 256,
        TrueColor = true,
        BackColorErase = true,
        Title = true,
        CursorShape = true,
        StyledUnderlines = true,
        SynchronizedOutput = true,
    };

    private readonly TerminalCapabilities _capabilities;
    private readonly TerminalPainter _painter;
    private readonly Emulator _terminal;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public PaintProperty(TerminalCapabilities capabilities, int width, int height)
    {
        _capabilities = capabilities;
        _painter = new TerminalPainter(capabilities);
        _terminal = new Emulator(width, height, new EmulatorOptions());
        _painter.WriteOpen(_bytes);
        _terminal.Write(_bytes.WrittenSpan);
    }

    /// <summary>From all that there is to hardly anything.</summary>
    public static IReadOnlyList<(string Name, TerminalCapabilities Capabilities)> Profiles { get; } =
    [
        ("full", Full),
        ("256 colours", Full with { TrueColor = false, StyledUnderlines = false, SynchronizedOutput = false }),
        ("8 colours, no bce", Full with { Colors = 8, TrueColor = false, StyledUnderlines = false, BackColorErase = false }),
        ("monochrome, no region", TerminalCapabilities.Default with { Colors = 0, ScrollRegion = false }),
        ("no erasing, last cell scrolls", TerminalCapabilities.Default with { EraseCharacters = false, EraseLine = false, ScrollRegion = false, BottomRightScrolls = true }),
    ];

    public void Repaint() => _painter.Repaint();

    /// <summary>Throws when it does not hold.</summary>
    public void Check(Screen frame)
    {
        _terminal.Resize(frame.Width, frame.Height);
        _painter.Resize(frame.Width, frame.Height);
        _bytes.ResetWrittenCount();
        _painter.Paint(frame, _bytes);
        _terminal.Write(_bytes.WrittenSpan);
        for (int y = 0; y < frame.Height; y++)
        {
            for (int x = 0; x < frame.Width; x++)
            {
                Require(IsShown(frame, x, y), $"cell {y},{x} is drawn otherwise", frame);
            }
        }

        Screen shown = _terminal.Screen;
        Require((shown.Cursor.Row, shown.Cursor.Column) == (frame.Cursor.Row, frame.Cursor.Column), "the cursor stands elsewhere", frame);
        Require(shown.Modes == frame.Modes, $"modes are {shown.Modes}, not {frame.Modes}", frame);
    }

    private bool IsShown(Screen frame, int x, int y)
    {
        // The last cell of such a terminal cannot be printed without scrolling; a wide character there takes the one before, too.
        if (_capabilities.BottomRightScrolls && y == frame.Height - 1 && x >= frame.Width - 2)
        {
            return true;
        }

        Cell wanted = frame.CellsAt(y)[x];
        if (IsShownInParts(frame, wanted.IsSpacer ? frame.CellsAt(y)[x - 1] : wanted))
        {
            return true;
        }

        Cell shown = _terminal.Screen.CellsAt(y)[x];
        bool sameText = wanted.IsGrapheme && shown.IsGrapheme
            ? frame.Tables.Graphemes[wanted.Content] == _terminal.Screen.Tables.Graphemes[shown.Content]
            : wanted.Content == shown.Content && wanted.IsGrapheme == shown.IsGrapheme;
        return sameText && wanted.Width == shown.Width && Reduced(frame.Tables.Styles[wanted.Style]) == _terminal.Screen.Tables.Styles[shown.Style];
    }

    /// <summary>A cluster of mode 2027 that this terminal, without that mode, cannot show as one: only the rest of the row must be right.</summary>
    private static bool IsShownInParts(Screen frame, Cell cell)
    {
        string text = cell.IsGrapheme ? frame.Tables.Graphemes[cell.Content] : new Rune(cell.Content).ToString();
        return ClusterWidth.SimplePrefix(text, out int width) != text.Length || width != cell.Width;
    }

    private Style Reduced(Style style)
    {
        StyleAttributes attributes = style.Attributes;
        if (!_capabilities.StyledUnderlines && (attributes & StyleAttributes.UnderlineMask) != 0)
        {
            attributes = (attributes & ~StyleAttributes.UnderlineMask) | StyleAttributes.UnderlineSingle;
        }

        return new Style(Reduced(style.Foreground), Reduced(style.Background), _capabilities.StyledUnderlines ? style.UnderlineColor : Color.Default, attributes);
    }

    private Color Reduced(Color color) => Palette.Reduce(color, _capabilities.Colors, _capabilities.TrueColor);

    private void Require(bool holds, string what, Screen frame)
    {
        if (!holds)
        {
            string readable = Encoding.UTF8.GetString(_bytes.WrittenSpan).Replace("\x1b", "^[", StringComparison.Ordinal);
            throw new InvalidOperationException($"{what}: {readable}\nexpected\n{ScreenText.Describe(frame)}\nbut it is\n{ScreenText.Describe(_terminal.Screen)}");
        }
    }
}
