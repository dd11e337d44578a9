using System.Globalization;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>The native client asks its terminal; the test is the terminal.</summary>
public sealed class TerminalQueriesTests
{
    private const string LastQuestion = "\x1b[c";
    private const string UpdateBegins = "\x1b[?2026h";

    [Fact]
    public void Answers_are_not_typed_into_the_program_but_the_keys_among_them_are()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x; printf '1\\n2\\n3\\ngot<%s>\\n' \"$x\"; read y");
        using PtySession client = server.StartClient();
        client.Expect(LastQuestion);
        client.Expect("here");
        client.Type("a\x1b[?2026;2$y\x1bP>|a terminal\x1b\\b\x1b[?0u\x1b]11;rgb:00/00/00\x1b\\\x1b[?62;22c");
        client.Type("c\r");
        client.Expect("got<abc>");
        client.Expect("\x1b[?2026l");
        Assert.Equal(0, Libc.kill(client.Pty.Pid, Libc.SIGTERM));
        Assert.Equal(0, client.WaitForExit());
        Assert.Contains(UpdateBegins, client.Output, StringComparison.Ordinal);
        Assert.True(client.Output.LastIndexOf("\x1b[?2026l", StringComparison.Ordinal) > client.Output.LastIndexOf(UpdateBegins, StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_that_does_not_answer_gets_no_update_frames_and_loses_no_key()
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x; printf '1\\n2\\n3\\ngot<%s>\\n' \"$x\"; read y");
        using PtySession client = server.StartClient();
        client.Expect("here");
        client.Type("\x1b");
        client.Type("abc\r");
        client.Expect("got<bc>"); // The terminal inside takes ESC a for a sequence.
        Assert.DoesNotContain(UpdateBegins, client.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ROAM_NO_TERMINAL_QUERIES=1")]
    [InlineData("TERM=vt220")]
    [InlineData("TERM=linux")]
    public void Nothing_is_asked_when_it_is_switched_off_or_the_terminal_is_a_console(string variable)
    {
        using ServerProcess server = new("sh", "-c", "echo here; read x");
        using PtySession client = new(Arguments(server), 80, 24, null, null, "MOSH_KEY=" + server.KeyText, "TERM=xterm-256color", "LC_ALL=C.UTF-8", variable);
        client.Expect("here");
        Assert.DoesNotContain(LastQuestion, client.Output, StringComparison.Ordinal);
    }

    private static string[] Arguments(ServerProcess server) => [NativeBinary.Path, "client", "127.0.0.1", server.Port.ToString(CultureInfo.InvariantCulture)];
}
