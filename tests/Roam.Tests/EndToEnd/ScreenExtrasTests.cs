using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>A program sets everything that a terminal can be set to, by real programs on real terminals: what the user's own terminal gets, and what is left of it at the end.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ScreenExtrasTests
{
    private const string Everything =
        @"\033]0;far title\007\033]8;id=7;http://example.org/\007link\033]8;;\007\033]7;file://far/home\007\033]4;1;#010203\007\033]10;#ffffff\007\033]11;#000000\007\033]12;#0a0b0c\007"
        + @"\033]22;text\007\033]9;4;1;50\007\033]777;notify;Build;ready\007\033]52;c;Y2xpcA==\007\033]52;p;cHJpbQ==\007\033[5 q\033[?1002h\033[?1006h\033[?2004h\033[>5u";

    private static readonly string[] Program = ["sh", "-c", $"stty raw -echo; printf 'waiting'; head -c1 >/dev/null; printf '{Everything}'; printf ' all set'; head -c1 >/dev/null; printf '\\033]9;later\\007 more'; head -c1 >/dev/null"];

    private static readonly ClientTerminal Capable = new() { HasKittyKeyboard = true, Background = Color.Rgb(250, 250, 250), Foreground = Color.Rgb(1, 1, 1) };

    private static readonly string[] Set =
    [
        "\e[22;0t", "\e]0;[mosh] far title\a", "\e]8;id=7;http://example.org/\alink\e]8;;\a", "\e]7;file://far/home\a", "\e]4;1;rgb:01/02/03\a", "\e]10;rgb:ff/ff/ff\a", "\e]11;rgb:00/00/00\a",
        "\e]12;rgb:0a/0b/0c\a", "\e]22;text\a", "\e]9;4;1;50\a", "\e]777;notify;Build;ready\a", "\e]52;c;Y2xpcA==\a", "\e]52;p;cHJpbQ==\a", "\e[5 q", "\e[?1002h", "\e[?1006h", "\e[?2004h", "\e[>u", "\e[=5;1u",
    ];

    private static readonly string[] Restored =
    [
        "\e]7;\a", "\e]104;1\a", "\e]110\a", "\e]111\a", "\e]112\a", "\e]22;\a", "\e]9;4;0;0\a", "\e[0 q", "\e[?1002l", "\e[?1006l", "\e[?2004l", "\e[<u", "\e[23;0t",
    ];

    [Fact]
    public void All_of_it_reaches_the_users_terminal_each_event_once_and_is_gone_at_the_end()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Program, []);
        using TerminalWindow window = Open(Programs.Link("mosh-client"), port, key);
        window.WaitForText("waiting");
        window.Type("x");
        window.WaitForText("all set");
        Assert.All(Set, s => Assert.Contains(s, window.Heard, StringComparison.Ordinal));
        int shown = window.Heard.Length;
        window.Type("x");
        window.WaitForText("more");
        Assert.Contains("\e]9;later\a", window.Heard[shown..], StringComparison.Ordinal);
        Assert.DoesNotContain("]777;", window.Heard[shown..], StringComparison.Ordinal);
        Assert.DoesNotContain("]52;", window.Heard[shown..], StringComparison.Ordinal);
        shown = window.Heard.Length;
        window.Type("x");
        Assert.Equal(0, window.WaitForExit());
        Assert.All(Restored, s => Assert.Contains(s, window.Heard[shown..], StringComparison.Ordinal));
        ScreenExtras left = window.Look(s => s.Extras);
        Assert.Equal((null, null, default(Progress)), (left.WorkingDirectory, left.PointerShape, left.Progress));
        Assert.Equal(ColorOverrides.None, left.Colors);
        Assert.Equal(default, window.Look(s => s.Modes));
        Assert.Equal(CursorShape.Default, window.Look(s => s.Cursor.Shape));
    }

    [Fact]
    public void A_stock_client_gets_from_our_server_what_it_always_got()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Program, []);
        using TerminalWindow window = Open(Programs.StockClient, port, key);
        ExpectStock(window);
    }

    [Fact]
    public void Our_client_gets_from_a_stock_server_what_it_always_got()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.StockServer, Program, []);
        using TerminalWindow window = Open(Programs.Link("mosh-client"), port, key);
        ExpectStock(window);
    }

    [Fact]
    public void A_console_gets_the_text_and_nothing_else()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Program, []);
        using TerminalWindow window = TerminalWindow.Open([Programs.Link("mosh-client"), "127.0.0.1", $"{port}"], 80, 24, ("MOSH_KEY", key), ("TERM", "linux"));
        window.WaitForText("waiting");
        window.Type("x");
        window.WaitForText("link all set");
        window.Type("xx");
        Assert.Equal(0, window.WaitForExit());
        Assert.DoesNotContain("\e]", window.Heard, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\[(?:[<>=]|2[23];)|\e\[\d q", window.Heard);
    }

    /// <summary>Basic text, title and clipboard; nothing of what is Roam's own between its peers.</summary>
    private static void ExpectStock(TerminalWindow window)
    {
        window.WaitForText("waiting");
        window.Type("x");
        window.WaitForText("link all set");
        window.Type("x");
        window.WaitForText("more");
        Assert.Contains("far title\a", window.Heard, StringComparison.Ordinal);
        Assert.Contains("\e]52;c;Y2xpcA==\a", window.Heard, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\](?:8;|7;|4;|1[0-2];rgb|22;|9;|777;|52;p)|\e\[(?:>|=)\d*u|\e\[=5", window.Heard);
        window.Type("x");
        Assert.Equal(0, window.WaitForExit());
    }

    private static TerminalWindow Open(string client, int port, string key) =>
        TerminalWindow.OpenAs(Capable, "ghostty 1.2.0", [client, "127.0.0.1", $"{port}"], ("MOSH_KEY", key));
}
