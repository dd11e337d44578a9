using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>From any rendition to any other by the shorter way.</summary>
public sealed class PenWriterTests
{
    [Theory]
    [InlineData("1", "1;31", "\x1b[31m")]
    [InlineData("1;31", "1", "\x1b[39m")]
    [InlineData("1;31", "31", "\x1b[22m")]
    [InlineData("31", "0", "\x1b[m")]
    [InlineData("31;44;1;4", "31;44;4", "\x1b[22m")]
    [InlineData("1;2", "2", "\x1b[0m\x1b[2m")]
    [InlineData("0", "7", "\x1b[7m")]
    [InlineData("4", "4:3", "\x1b[0;4m\x1b[4:3m")]
    [InlineData("38;5;100;48;5;200", "38;5;101;48;5;200", "\x1b[38;5;101m")]
    [InlineData("9;31", "31", "\x1b[0;31m")]
    public void The_change_is_written_when_it_is_shorter(string from, string to, string expected) =>
        Assert.Equal(Pictures.Readable(expected), Pictures.Readable(Change(Rich, StyleOf(from), StyleOf(to))));

    /// <summary>A VT100 has no way to end one attribute: everything is reset.</summary>
    [Theory]
    [InlineData("1", "1;4", "\x1b[4m")]
    [InlineData("1;4", "1", "\x1b[0;1m")]
    public void A_terminal_without_single_resets_gets_the_whole_rendition(string from, string to, string expected) =>
        Assert.Equal(Pictures.Readable(expected), Pictures.Readable(Change(Rich with { AttributeResets = false, ColorResets = false }, StyleOf(from), StyleOf(to))));

    [Fact]
    public void Any_rendition_follows_any_other()
    {
        Random random = new(5);
        Emulator reader = new(10, 2, new EmulatorOptions());
        Style from = Style.Default;
        for (int i = 0; i < 20_000; i++)
        {
            Style to = RandomStyle(random, from);
            string bytes = Change(Rich, from, to);
            reader.Write(bytes);
            Assert.True(reader.Screen.Pen == to, $"{from} to {to} by {Pictures.Readable(bytes)} gave {reader.Screen.Pen}");
            from = to;
        }
    }

    private static readonly TerminalCapabilities Rich = TerminalCapabilities.Default with { Colors = 256, TrueColor = true, StyledUnderlines = true };

    private static Style RandomStyle(Random random, in Style near)
    {
        Style style = random.Next(3) == 0 ? Style.Default : near;
        for (int n = random.Next(3); n >= 0; n--)
        {
            style = random.Next(5) switch
            {
                0 => style with { Foreground = RandomColor(random) },
                1 => style with { Background = RandomColor(random) },
                2 => style with { UnderlineColor = RandomColor(random) },
                3 => style with { Attributes = (style.Attributes & ~StyleAttributes.UnderlineMask) | (StyleAttributes)(random.Next(6) << 9) },
                _ => style with { Attributes = style.Attributes ^ (StyleAttributes)(1 << random.Next(9)) },
            };
        }

        return style;
    }

    private static Color RandomColor(Random random) => random.Next(4) switch
    {
        0 => Color.Default,
        1 => Color.Indexed((byte)random.Next(16)),
        2 => Color.Indexed((byte)random.Next(256)),
        _ => Color.Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)),
    };

    private static Style StyleOf(string parameters)
    {
        Emulator reader = new(10, 2, new EmulatorOptions());
        reader.Write($"\x1b[{parameters}m");
        return reader.Screen.Pen;
    }

    private static string Change(TerminalCapabilities capabilities, Style from, Style to)
    {
        ArrayBufferWriter<byte> bytes = new();
        ByteSink sink = new(bytes);
        PenWriter.Write(ref sink, capabilities, from, to);
        sink.Flush();
        return Encoding.ASCII.GetString(bytes.WrittenSpan);
    }
}
