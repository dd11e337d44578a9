namespace Roam.Tests.EndToEnd;

/// <summary>Login shells of all kinds, with start files that talk.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ShellTests
{
    private const string Noise = "echo Welcome to the cluster; printf 'an unfinished line'";

    [Theory]
    [InlineData("bash")]
    [InlineData("dash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("tcsh")]
    public void A_session_begins_whatever_the_shell_is_and_its_start_files_say(string shell)
    {
        string path = $"/usr/bin/{shell}";
        Assert.SkipUnless(File.Exists(path), $"{shell} is not installed.");
        using NetWorld world = NetWorld.Direct(
            out NetHost target,
            h =>
            {
                h.UseShell(path);
                h.HideMosh();
                h.WriteHome(".bashrc", Noise + "\n");
                h.WriteHome(".bash_profile", $"{Noise}\nPS1='{h.Prompt} '\n");
                h.WriteHome(".profile", $"{Noise}\nPS1='{h.Prompt} '\n");
                h.WriteHome(".zshenv", Noise + "\n");
                h.WriteHome(".zshrc", $"PROMPT='{h.Prompt} '\n");
                h.WriteHome(".config/fish/config.fish", $"{Noise}\nfunction fish_prompt; echo -n '{h.Prompt} '; end\n");
                h.WriteHome(".cshrc", $"{Noise}\nset prompt = '{h.Prompt} '\n");
            },
            "This computer belongs to somebody.\n");
        using Login login = Login.Open(world, target);
        login.Work();
        login.Leave();
        Assert.Contains("belongs to somebody", login.Window.Heard, StringComparison.Ordinal);
        Assert.Contains("Welcome to the cluster", login.Window.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("ROAM FAR", login.Window.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("MOSH CONNECT", login.Window.Heard, StringComparison.Ordinal);
    }
}
