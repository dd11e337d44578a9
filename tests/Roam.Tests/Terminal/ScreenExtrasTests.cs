using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class ScreenExtrasTests
{
    private const string Everything =
        "\e]7;file://host/home\a\e]4;1;#102030;2;red\a\e]10;white;black;green\a\e]22;text\a\e]9;4;1;50\a\e]9;done\a\e]52;c;eA==\a\e]52;p;eHh4\a";

    [Fact]
    public void Two_programs_that_said_the_same_compare_as_equal()
    {
        ScreenExtras one = Said(Everything);
        ScreenExtras other = Said(Everything);
        Assert.NotSame(one, other);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("\e]7;file://host/tmp\a")]
    [InlineData("\e]4;1;#102031\a")]
    [InlineData("\e]104;2\a")]
    [InlineData("\e]112\a")]
    [InlineData("\e]22;\a")]
    [InlineData("\e]9;4;1;51\a")]
    [InlineData("\e]9;done\a")]
    [InlineData("\e]52;p;eHh4\a")]
    [InlineData("\e]52;q;eHh4\a")]
    public void Anything_said_beyond_makes_a_difference(string beyond) => Assert.NotEqual(Said(Everything), Said(Everything + beyond));

    [Fact]
    public void Saying_again_what_is_already_so_keeps_the_object()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        const string states = "\e]7;file://host/home\a\e]4;1;#102030;2;red\a\e]10;white\a\e]22;text\a\e]9;4;1;50\a\e]104;77\a\e]119\a";
        emulator.Write(states);
        ScreenExtras before = emulator.Screen.Extras;
        emulator.Write(states);
        Assert.Same(before, emulator.Screen.Extras);
    }

    [Fact]
    public void A_snapshot_keeps_what_was_said_before_it()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        emulator.Write("\e]7;file:///old\a\e]133;A\a");
        Screen snapshot = emulator.Screen.Snapshot();
        emulator.Write("\e]7;file:///new\a\e]133;D;1\a");
        Assert.Equal("file:///old", snapshot.Extras.WorkingDirectory);
        Assert.Equal(new PromptMark(PromptMarkKinds.Prompt, 0), snapshot.RowAt(0).Mark);
        Assert.Equal("file:///new", emulator.Screen.Extras.WorkingDirectory);
        snapshot.Release();
    }

    [Fact]
    public void Every_colour_can_be_redefined_and_given_back()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        for (int round = 0; round < 2; round++)
        {
            for (int i = ColorSlot.SpecialFirst + ColorSlot.SpecialCount - 1; i >= 0; i--)
            {
                emulator.Write($"\e]4;{i};#{i:x6}\a");
            }

            emulator.Write("\e]10;red;red;red;red;red;red;red;red;red;red;red\a");
        }

        ColorOverrides colors = emulator.Screen.Extras.Colors;
        Assert.Equal(ColorSlot.Count, colors.Entries.Length);
        Assert.Equal(Enumerable.Range(0, ColorSlot.Count), colors.Entries.ToArray().Select(static e => e.Slot));
        Assert.Equal(Color.Rgb(0, 1, 3), colors[259]);
        emulator.Write("\e]104\a\e]105\a\e]110\a\e]111\a\e]112\a\e]113\a\e]114\a\e]115\a\e]116\a\e]117\a\e]118\a\e]119\a");
        Assert.Same(ColorOverrides.None, emulator.Screen.Extras.Colors);
    }

    private static ScreenExtras Said(string output)
    {
        Emulator emulator = TerminalText.Create(20, 5);
        emulator.Write(Encoding.UTF8.GetBytes(output));
        return emulator.Screen.Extras;
    }
}
