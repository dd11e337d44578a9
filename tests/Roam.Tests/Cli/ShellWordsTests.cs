using System.Diagnostics;
using Roam.Cli;

namespace Roam.Tests.Cli;

/// <summary>The system's own shell is the second implementation.</summary>
public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("ssh -p 2222")]
    [InlineData("  ssh\t-o 'A B' \"c d\" e\\ f  ")]
    [InlineData("ssh -o 'it'\\''s'")]
    [InlineData("a\"b\"'c'd")]
    [InlineData("\"a\\\"b\\\\c\\d\\$e\\`f\"")]
    [InlineData("'' \"\" x")]
    [InlineData("ssh -oProxyCommand='nc %h %p'")]
    [InlineData("'\\' \\\\ \\'")]
    [InlineData("grüße 世界")]
    public void A_command_is_split_as_the_shell_splits_it(string text)
    {
        Assert.True(ShellWords.TrySplit(text, out List<string> words));
        Assert.Equal(ShellSplit(text), words);
    }

    [Theory]
    [InlineData("ssh 'open")]
    [InlineData("ssh \"open")]
    [InlineData("ssh \\")]
    public void An_open_quote_is_no_command(string text)
    {
        Assert.False(ShellWords.TrySplit(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("$HOME `id` \\ \" ! * \n ; &")]
    [InlineData("世界 '''")]
    public void A_quoted_word_comes_back_from_the_shell(string word)
    {
        Assert.Equal([word], ShellSplit(ShellWords.Quote(word)));
    }

    private static List<string> ShellSplit(string text)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"printf '%s\\0' {text}");
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return [.. output.Split('\0')[..^1]];
    }
}
