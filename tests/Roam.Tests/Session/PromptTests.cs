using Roam.Session;
using Roam.Terminal;

namespace Roam.Tests.Session;

public sealed class PromptTests
{
    [Fact]
    public void A_typed_line_goes_to_the_host_and_not_to_the_program()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.Type("a"u8);
        pair.RunForMillis(300);
        pair.Type("\u001E"u8);
        pair.Type("f"u8);
        pair.Type("-D 108"u8);
        pair.Type("0\rb"u8);
        pair.RunForMillis(300);
        Assert.Contains(ClientEvent.Command, pair.ClientEvents);
        Assert.Equal("-D 1080", pair.Client.TypedCommand);
        Assert.Equal("ab"u8, pair.ProgramInput.ToArray());
    }

    [Fact]
    public void The_bar_shows_the_line_while_it_is_typed_and_the_answer_after()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.Output("\r\n\r\n"u8);
        pair.RunForMillis(300);
        pair.Client.HandleInput(pair.Now, "\u001E"u8);
        pair.Client.HandleInput(pair.Now, "f-L 80"u8);
        Assert.StartsWith("mosh: forward> -L 80_", TopRow(pair), StringComparison.Ordinal);
        pair.Client.HandleInput(pair.Now, "\u001B"u8);
        Assert.StartsWith("   ", TopRow(pair), StringComparison.Ordinal);
        pair.Client.Notify("L 80:h:80 listens on port 80.");
        Assert.StartsWith("mosh: L 80:h:80 listens", TopRow(pair), StringComparison.Ordinal);
        Assert.DoesNotContain(ClientEvent.Command, pair.ClientEvents);
    }

    [Fact]
    public void With_a_server_that_has_no_channels_f_is_a_key_like_others()
    {
        using SessionPair pair = new(serverAnnounces: false) { Echoes = false };
        pair.Type("a"u8);
        pair.RunForMillis(300);
        pair.Type("\u001E"u8);
        pair.Type("f"u8);
        pair.RunForMillis(300);
        Assert.Equal("a\u001Ef"u8, pair.ProgramInput.ToArray());
    }

    private static string TopRow(SessionPair pair)
    {
        Assert.True(pair.Client.PollScreen(pair.Now, out Screen frame));
        return string.Concat(frame.CellsAt(0).ToArray().Select(c => (char)c.Content));
    }
}
