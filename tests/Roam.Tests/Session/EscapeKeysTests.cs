using Roam.Session;

namespace Roam.Tests.Session;

public sealed class EscapeKeysTests
{
    private const char CtrlCaret = '\x1E';

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("\x1E.", "<quit>")]
    [InlineData("a\x1E.", "a<quit>")]
    [InlineData("\x1E\x1A", "<suspend>")]
    [InlineData("\x1E^", "\x1E")]
    [InlineData("\x1Ex", "\x1Ex")]
    [InlineData("\x1E\x1E", "\x1E\x1E")]
    [InlineData("ab\x1E^.", "ab\x1E.")]
    public void The_default_key_works_anywhere(string typed, string expected) => Assert.Equal(expected, Run(EscapeKeySettings.Default, typed));

    [Theory]
    [InlineData("~.", "<quit>")]
    [InlineData("a~.", "a~.")]
    [InlineData("a\r~.", "a\r<quit>")]
    [InlineData("a\n~.", "a\n<quit>")]
    [InlineData("~~", "~")]
    [InlineData("~x", "~x")]
    [InlineData("~\r~.", "~\r<quit>")]
    [InlineData("~\x1A~.", "<suspend><quit>")]
    public void A_printable_key_counts_only_at_the_start_of_a_line(string typed, string expected)
    {
        Assert.True(EscapeKeySettings.TryParse("~", out EscapeKeySettings settings));
        Assert.Equal(expected, Run(settings, typed));
    }

    [Fact]
    public void Without_an_escape_key_everything_is_sent() => Assert.Equal("\x1E.", Run(EscapeKeySettings.None, "\x1E."));

    [Fact]
    public void A_control_key_is_passed_by_its_letter_in_either_case()
    {
        Assert.True(EscapeKeySettings.TryParse("\u0002", out EscapeKeySettings settings));
        Assert.Equal("\u0002\u0002", Run(settings, "\u0002B\u0002b"));
    }

    [Theory]
    [InlineData("\x03")]
    [InlineData("\x04")]
    [InlineData("\n")]
    [InlineData("\x0C")]
    [InlineData("\r")]
    [InlineData("é")]
    [InlineData("ab")]
    public void Keys_that_would_make_the_terminal_unusable_are_refused(string key)
    {
        Assert.False(EscapeKeySettings.TryParse(key, out EscapeKeySettings settings));
        Assert.Equal(EscapeKeySettings.Default, settings);
    }

    [Fact]
    public void An_unset_variable_means_the_default_and_an_empty_one_none()
    {
        Assert.True(EscapeKeySettings.TryParse(null, out EscapeKeySettings unset));
        Assert.True(EscapeKeySettings.TryParse("", out EscapeKeySettings empty));
        Assert.Equal(EscapeKeySettings.Default, unset);
        Assert.False(empty.IsEnabled);
    }

    [Fact]
    public void While_the_second_key_is_awaited_the_help_names_the_keys()
    {
        EscapeKeys keys = new(EscapeKeySettings.Default);
        keys.Next((byte)CtrlCaret);
        Assert.True(keys.IsWaiting);
        Assert.Equal("Commands: Ctrl-Z suspends, \".\" quits, \"^\" gives literal Ctrl-^", keys.HelpText);
        keys.Next((byte)'x');
        Assert.False(keys.IsWaiting);
    }

    [Fact]
    public void With_forwardings_to_be_had_f_opens_their_line_and_the_help_says_so()
    {
        EscapeKeys keys = new(EscapeKeySettings.Default) { OffersForwards = true };
        keys.Next((byte)CtrlCaret);
        Assert.Equal("Commands: Ctrl-Z suspends, \".\" quits, \"f\" forwards ports, \"^\" gives literal Ctrl-^", keys.HelpText);
        Assert.Equal(EscapeAction.Prompt, keys.Next((byte)'f'));
    }

    [Fact]
    public void An_escape_key_that_is_passed_by_f_keeps_it()
    {
        Assert.True(EscapeKeySettings.TryParse("\u0006", out EscapeKeySettings settings));
        EscapeKeys keys = new(settings) { OffersForwards = true };
        keys.Next(6);
        Assert.DoesNotContain("forwards", keys.HelpText, StringComparison.Ordinal);
        Assert.Equal(EscapeAction.SendEscapeKey, keys.Next((byte)'f'));
    }

    private static string Run(EscapeKeySettings settings, string typed)
    {
        EscapeKeys keys = new(settings);
        string result = "";
        foreach (char c in typed)
        {
            result += keys.Next((byte)c) switch
            {
                EscapeAction.Send => c.ToString(),
                EscapeAction.SendEscapeKey => ((char)keys.Key).ToString(),
                EscapeAction.SendBoth => $"{(char)keys.Key}{c}",
                EscapeAction.Quit => "<quit>",
                EscapeAction.Suspend => "<suspend>",
                _ => "",
            };
        }

        return result;
    }
}
