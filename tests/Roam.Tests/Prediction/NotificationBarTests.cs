using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>The bar over the top row.</summary>
public sealed class NotificationBarTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(6.4, "text")]
    [InlineData(6.5, "mosh: Last contact 6 seconds ago. [To quit: Ctrl-^ .]")]
    [InlineData(59.9, "mosh: Last contact 59 seconds ago. [To quit: Ctrl-^ .]")]
    [InlineData(60, "mosh: Last contact 1:00 ago. [To quit: Ctrl-^ .]")]
    [InlineData(3599, "mosh: Last contact 59:59 ago. [To quit: Ctrl-^ .]")]
    [InlineData(3600, "mosh: Last contact 1:00:00 ago. [To quit: Ctrl-^ .]")]
    [InlineData(100 * 3600 + 62, "mosh: Last contact 100:01:02 ago. [To quit: Ctrl-^ .]")]
    public void Silence_is_counted(double seconds, string expected)
    {
        NotificationBar bar = Heard(0, 0);
        Assert.Equal(expected, Drawn(bar, (long)(seconds * Second)).RowText(0));
    }

    [Theory]
    [InlineData(9.9, "text")]
    [InlineData(10, "mosh: Last reply 10 seconds ago. [To quit: Ctrl-^ .]")]
    public void Heard_but_not_answered(double seconds, string expected)
    {
        NotificationBar bar = Heard((long)(seconds * Second) - Second, 0);
        Assert.Equal(expected, Drawn(bar, (long)(seconds * Second)).RowText(0));
    }

    [Fact]
    public void A_message_stands_alone_or_with_the_counter()
    {
        NotificationBar bar = Heard(0, 0);
        bar.SetMessage("Hello.", permanent: true, showQuitHint: false);
        Assert.Equal("mosh: Hello.", Drawn(bar, Second).RowText(0));
        Assert.Equal("mosh: Hello. (9 s without contact.)", Drawn(bar, 9 * Second).RowText(0));
        bar.SetMessage("Hello.", permanent: true, showQuitHint: true);
        bar.SetLastHeard(60 * Second);
        Assert.Equal("mosh: Hello. (1:01 without reply.) [To quit: Ctrl-^ .]", Drawn(bar, 61 * Second).RowText(0));
        bar.SetMessage(null, permanent: true, showQuitHint: true);
        bar.SetLastAcked(60 * Second);
        Assert.Equal("text", Drawn(bar, 61 * Second).RowText(0));
    }

    [Fact]
    public void A_passing_message_goes_after_a_second()
    {
        NotificationBar bar = new();
        bar.SetMessage("Hello.", permanent: false, showQuitHint: false);
        Assert.Equal("mosh: Hello.", Drawn(bar, 5 * Second, cursorRow: 1).RowText(0));
        Assert.True(bar.NextTimeout(5 * Second, out long at));
        Assert.Equal(6 * Second, at);
        Assert.Equal("text", Drawn(bar, at, cursorRow: 1).RowText(0));
        Assert.False(bar.NextTimeout(at, out _));
    }

    [Fact]
    public void A_passing_message_does_not_hide_the_prompt_in_the_top_row()
    {
        NotificationBar bar = new();
        bar.SetMessage("Hello.", permanent: false, showQuitHint: false);
        Screen frame = Drawn(bar, Second, cursorRow: 0);
        Assert.Equal("text", frame.RowText(0));
        Assert.Equal("mosh: Hello.", frame.RowText(frame.Height - 1));
        Assert.False(frame.Modes.CursorHidden);
    }

    [Fact]
    public void It_is_bold_white_on_blue_over_the_whole_row_and_hides_the_cursor_under_it()
    {
        NotificationBar bar = Heard(0, 0);
        Screen frame = Drawn(bar, 7 * Second);
        Style style = frame.Tables.Styles[frame.CellsAt(0)[0].Style];
        Assert.Equal((Color.Indexed(7), Color.Indexed(4), StyleAttributes.Bold), (style.Foreground, style.Background, style.Attributes));
        Assert.Equal(Color.Indexed(4), frame.Tables.Styles[frame.CellsAt(0)[^1].Style].Background);
        Assert.True(frame.Modes.CursorHidden);
        Assert.Equal("below", frame.RowText(1));
        Assert.False(Drawn(bar, 7 * Second, cursorRow: 1).Modes.CursorHidden);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void A_narrow_window_cuts_it(int width)
    {
        NotificationBar bar = Heard(0, 0);
        bar.SetMessage("日本語日本語", permanent: true, showQuitHint: false);
        Screen screen = new(width, 1, new ScreenTables(), new ScreenPool());
        bar.Overlay(Second, screen);
        screen.CheckIntegrity();
        Assert.StartsWith("mosh: 日本"[..Math.Min(width, 8)], screen.RowText(0).PadRight(8), StringComparison.Ordinal);
    }

    [Fact]
    public void It_wakes_when_the_text_changes_and_only_then()
    {
        NotificationBar bar = Heard(0, 0);
        Assert.True(bar.NextTimeout(0, out long at));
        Assert.Equal(6_500_000, at);
        Assert.True(bar.NextTimeout(6_500_000, out at));
        Assert.Equal(7 * Second, at);
        Assert.True(bar.NextTimeout(59 * Second, out at));
        Assert.Equal(60 * Second, at);
        Assert.True(bar.NextTimeout(60 * Second, out at));
        Assert.Equal(63 * Second, at);
        bar.SetLastHeard(60 * Second);
        bar.SetLastAcked(60 * Second);
        Assert.True(bar.NextTimeout(60 * Second, out at));
        Assert.Equal(66_500_000, at);
    }

    [Fact]
    public void Before_anything_was_heard_there_is_no_counter()
    {
        NotificationBar bar = new();
        Assert.Equal("text", Drawn(bar, 1000 * Second).RowText(0));
        Assert.False(bar.NextTimeout(1000 * Second, out _));
    }

    [Fact]
    public void Drawing_allocates_nothing_in_steady_state()
    {
        NotificationBar bar = Heard(0, 0);
        bar.SetMessage("Hello.", permanent: true, showQuitHint: true);
        Screen screen = new(80, 24, new ScreenTables(), new ScreenPool());
        bar.Overlay(9 * Second, screen);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                bar.Overlay((100 + i) * 50 * Second, screen);
            }
        });
    }

    private static NotificationBar Heard(long heard, long acked)
    {
        NotificationBar bar = new();
        bar.SetLastHeard(heard);
        bar.SetLastAcked(acked);
        return bar;
    }

    private static Screen Drawn(NotificationBar bar, long now, int cursorRow = 0)
    {
        Emulator remote = new(80, 3, new EmulatorOptions());
        remote.Write("text\r\nbelow" + $"\x1b[{cursorRow + 1}H");
        bar.Overlay(now, remote.Screen);
        remote.Screen.CheckIntegrity();
        return remote.Screen;
    }
}
