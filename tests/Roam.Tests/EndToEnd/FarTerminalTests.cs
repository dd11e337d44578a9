using Roam.Host;
using Roam.Session;
using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>The real server on a real pty tells a client in the test what the program's terminal is like.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class FarTerminalTests
{
    private const string Secret = "Secret:";

    [Fact]
    public void A_password_prompt_comes_with_the_word_that_nothing_is_echoed()
    {
        using InProcessPeer client = Start("sh", "-c", $"read start; stty -echo; printf '{Secret} '; read word; stty echo; echo \"had $word\"; read end");
        client.RunUntil("a terminal that echoes", () => Far(client) == new FarTerminal(true, true, true, false));
        FarTerminal atPrompt = default;
        Type(client, "go\r");
        client.RunUntil("the prompt", () => IsFirstShown(client, Secret, ref atPrompt));
        Assert.True(atPrompt.ReadsSecret, $"{atPrompt}");
        Type(client, "pearl\r");
        client.RunUntil("the end of it", () => Text(client).Contains("had pearl", StringComparison.Ordinal) && Far(client).Echoes);
        End(client);
    }

    [Fact]
    public void An_echo_that_is_turned_off_after_the_prompt_is_said_without_a_key()
    {
        using InProcessPeer client = Start("sh", "-c", $"printf '{Secret} '; stty -echo; read word");
        client.RunUntil("the prompt and the flags", () => Text(client).Contains(Secret, StringComparison.Ordinal) && Far(client).ReadsSecret);
        End(client);
    }

    [Fact]
    public void A_shell_is_raw_at_its_prompt_and_says_when_it_reads_a_secret_without_a_prompt()
    {
        using InProcessPeer client = Start("env", $"PS1={RemoteSession.Prompt} ", "bash", "--norc", "--noprofile", "-i");
        FarTerminal atPrompt = default;
        client.RunUntil("the shell", () => IsFirstShown(client, RemoteSession.Prompt, ref atPrompt));
        Assert.Equal(new FarTerminal(true, false, false, false), atPrompt);
        Type(client, "read -s word\r");
        client.RunUntil("a secret being read", () => Far(client).ReadsSecret);
        Type(client, "pearl\recho had $word\r");
        client.RunUntil("the shell again", () => Text(client).Contains("had pearl", StringComparison.Ordinal) && Far(client) == atPrompt);
        End(client);
    }

    [Fact]
    public void An_editor_shows_the_alternate_screen()
    {
        using InProcessPeer client = Start("env", $"PS1={RemoteSession.Prompt} ", "bash", "--norc", "--noprofile", "-i");
        client.RunUntil("the shell", () => Text(client).Contains(RemoteSession.Prompt, StringComparison.Ordinal));
        FarTerminal atTilde = default;
        Type(client, "vim -u NONE -i NONE\r");
        client.RunUntil("the editor", () => IsFirstShown(client, "~", ref atTilde));
        Assert.Equal(new FarTerminal(true, false, false, true), atTilde);
        Type(client, ":q\r");
        client.RunUntil("the shell again", () => Far(client) == new FarTerminal(true, false, false, false));
        Assert.Contains(RemoteSession.Prompt, Text(client), StringComparison.Ordinal);
        End(client);
    }

    private static InProcessPeer Start(params string[] program)
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), program, []);
        InProcessPeer client = InProcessPeer.StartClient(port, key);
        client.RunUntil("the server", () => client.Client!.PeerAnnouncement?.Features.Has(Feature.FarTerminal) == true);
        return client;
    }

    private static void Type(InProcessPeer client, string keys) => client.Client!.HandleInput(SystemClock.Now, System.Text.Encoding.UTF8.GetBytes(keys));

    private static FarTerminal Far(InProcessPeer client) => client.Client!.Connection.Remote.FarTerminal;

    private static string Text(InProcessPeer client) => TerminalWindow.TextOf(client.Client!.Connection.Remote.Screen);

    /// <summary>What was known of the terminal in the first frame with that text.</summary>
    private static bool IsFirstShown(InProcessPeer client, string text, ref FarTerminal far)
    {
        far = Far(client);
        return Text(client).Contains(text, StringComparison.Ordinal);
    }

    private static void End(InProcessPeer client)
    {
        client.Client!.Shutdown(SystemClock.Now);
        client.RunUntil("the end", () => client.Client.IsFinished);
    }
}
