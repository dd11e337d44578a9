using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Display;

/// <summary>Entries as Debian's ncurses-base installs them, and damaged ones.</summary>
public sealed class TerminfoTests
{
    [Theory]
    [InlineData("xterm-256color", 256, true, true, true, "\x1b[?1049h\x1b[22;0;0t")]
    [InlineData("xterm", 8, true, true, true, "\x1b[?1049h\x1b[22;0;0t")]
    [InlineData("screen-256color", 256, false, false, true, "\x1b[?1049h")]
    [InlineData("linux", 8, true, true, true, "")]
    [InlineData("vt100", 0, false, false, true, "")]
    [InlineData("dumb", 0, false, false, false, "")]
    public void The_entries_of_common_terminals_are_read(string term, int colors, bool bce, bool ech, bool region, string smcup)
    {
        TerminalCapabilities capabilities = TerminalCapabilities.From(Entry(term), term, null);
        Assert.Equal((colors, bce, ech, region), (capabilities.Colors, capabilities.BackColorErase, capabilities.EraseCharacters, capabilities.ScrollRegion));
        Assert.Equal(smcup, Encoding.ASCII.GetString(capabilities.EnterAlternateScreen.Span));
        Assert.False(capabilities.TrueColor);
    }

    [Fact]
    public void A_terminal_with_auto_margins_and_no_glitch_scrolls_at_the_bottom_right()
    {
        Assert.True(TerminalCapabilities.From(Entry("dumb"), "dumb", null).BottomRightScrolls);
        Assert.False(TerminalCapabilities.From(Entry("xterm"), "xterm", null).BottomRightScrolls);
    }

    [Fact]
    public void User_defined_capabilities_are_found_by_name()
    {
        Terminfo xterm = Terminfo.Parse(Entry("xterm-256color"))!;
        Assert.True(xterm.HasExtended("AX"u8));
        Assert.True(xterm.HasExtended("XT"u8));
        Assert.True(xterm.HasExtended("kUP5"u8));
        Assert.False(xterm.HasExtended("Tc"u8));
        Assert.False(xterm.HasExtended(""u8));
    }

    [Fact]
    public void Colorterm_and_a_missing_entry()
    {
        Assert.True(TerminalCapabilities.From(Entry("xterm"), "xterm", "truecolor").TrueColor);
        TerminalCapabilities guess = TerminalCapabilities.From([], "xterm-256color", null);
        Assert.Equal((256, true, true), (guess.Colors, guess.Title, guess.CursorShape));
        Assert.Equal(8, TerminalCapabilities.From("no terminfo"u8, null, null).Colors);
    }

    /// <summary>The format's other number size, made by hand: names, one flag, fifteen numbers, no strings.</summary>
    [Fact]
    public void Numbers_of_32_bits_are_read()
    {
        List<byte> entry = [0x1E, 0x02, 2, 0, 2, 0, 15, 0, 0, 0, 0, 0, (byte)'x', 0, 0, 1];
        for (int i = 0; i < 15; i++)
        {
            entry.AddRange(BitConverter.GetBytes(i == 13 ? 0x1000000 : -1));
        }

        Terminfo parsed = Terminfo.Parse([.. entry])!;
        Assert.Equal(0x1000000, parsed.Number(13));
        Assert.Equal(-1, parsed.Number(12));
        Assert.Equal(-1, parsed.Number(15));
        Assert.True(parsed.Flag(1));
        Assert.False(parsed.Flag(0));
    }

    [Fact]
    public void A_damaged_entry_is_refused_or_read_in_part_but_never_throws()
    {
        byte[] whole = Entry("xterm-256color");
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = whole[..random.Next(whole.Length + 1)];
            for (int n = random.Next(4); n > 0 && damaged.Length > 0; n--)
            {
                int at = random.Next(2) == 0 ? random.Next(Math.Min(16, damaged.Length)) : random.Next(damaged.Length);
                damaged[at] = (byte)random.Next(256);
            }

            Assert.InRange(TerminalCapabilities.From(damaged, "xterm", null).Colors, 0, 256);
        }
    }

    private static byte[] Entry(string term) => TerminfoEntries.Load(term);
}
