using System.CommandLine;
using Roam.Cli;

namespace Roam.Tests.Cli;

/// <summary>ssh's words: among the options of `roam`, and as `roam ssh`.</summary>
public sealed class SshCommandLineTests
{
    [Theory]
    [InlineData("-oPort=2222 h cmd", "-o Port=2222")]
    [InlineData("-o Port=2222 h cmd", "-o Port=2222")]
    [InlineData("h -o Port=2222 -o BatchMode=yes cmd -o x=y", "-o Port=2222 -o BatchMode=yes")]
    [InlineData("-C -q -x -v -i key -F conf -l me h cmd", "-l me -i key -F conf -C -q -x -v")]
    [InlineData("-lme h cmd", "-l me")]
    [InlineData("-o h cmd", "")]
    public void What_is_for_ssh_is_handed_to_it(string line, string words)
    {
        WrapperOptions options = Parsed(line.Split(' '));
        Assert.Equal("h", options.Host);
        Assert.Equal("cmd", options.Command[0]);
        Assert.Equal(words, string.Join(' ', options.SshWords));
    }

    [Fact]
    public void An_o_before_a_key_and_a_value_in_one_word_is_sshs_and_alone_it_is_moshs()
    {
        Assert.Equal(["-o", "ForwardX11 no"], Parsed("-oForwardX11 no", "h").SshWords);
        Assert.Equal(["-o", "ForwardX11 no"], Parsed("-o", "ForwardX11 no", "h").SshWords);
        Assert.False(Parsed("-oForwardX11 no", "h").PredictOverwrite);
        Assert.True(Parsed("-o", "h").PredictOverwrite);
        Assert.True(Parsed("h", "-o").PredictOverwrite);
    }

    [Theory]
    [InlineData("-T h", "Never")]
    [InlineData("-qT h", "Never")]
    [InlineData("-t h", "Always")]
    [InlineData("-tt h", "Always")]
    [InlineData("-e none h", "Auto")]
    public void Whether_there_is_a_terminal_is_read(string line, string choice)
    {
        Assert.Equal(choice, Parsed(line.Split(' ')).Terminal.ToString());
    }

    [Fact]
    public void What_scp_and_sftp_say_is_understood()
    {
        string[] scp = ["-x", "-oPermitLocalCommand=no", "-oClearAllForwardings=yes", "-oRemoteCommand=none", "-oRequestTTY=no", "-l", "me", "-s", "--", "h", "sftp"];
        WrapperOptions options = Parsed(scp);
        Assert.Equal(("h", "sftp", true), (options.Host, options.Command[0], options.IsSubsystem));
        Assert.Equal(["-o", "PermitLocalCommand=no", "-o", "ClearAllForwardings=yes", "-o", "RemoteCommand=none", "-o", "RequestTTY=no", "-l", "me", "-x"], options.SshWords);
        Assert.Equal(options.SshWords.Order(), AsSsh(scp).SshWords.Order());
    }

    [Theory]
    [InlineData("-p 2222 -4 h cmd -p 1", "-p 2222")]
    [InlineData("-p2222 me@h -c aes128-ctr cmd", "-p 2222 -c aes128-ctr")]
    [InlineData("-a h cmd", "-o ForwardAgent=no")]
    [InlineData("-Tqp 2222 h cmd", "-p 2222 -q")]
    [InlineData("ssh://me@h:2222/ cmd", "-p 2222")]
    [InlineData("-- h cmd", "")]
    public void Every_letter_of_roam_ssh_means_what_it_means_to_ssh(string line, string words)
    {
        WrapperOptions options = AsSsh(line.Split(' '));
        Assert.EndsWith("h", options.Host, StringComparison.Ordinal);
        Assert.Equal("cmd", options.Command[0]);
        Assert.Null(options.Port);
        Assert.Equal(words, string.Join(' ', options.SshWords));
        Assert.True(options.ActsAsSsh);
    }

    [Fact]
    public void A_command_keeps_its_words()
    {
        Assert.Equal(["rsync", "--server", "-vlogDtpre.iLsfxCIvu", ".", "-o", "a=b"], AsSsh("h", "rsync", "--server", "-vlogDtpre.iLsfxCIvu", ".", "-o", "a=b").Command);
        Assert.True(AsSsh("-n", "h", "cmd").NoInput);
    }

    [Theory]
    [InlineData("-N h")]
    [InlineData("-G h")]
    [InlineData("-W x:1 h")]
    [InlineData("-O check h")]
    [InlineData("-V")]
    [InlineData("")]
    public void What_is_no_session_is_sshs_own(string line)
    {
        Assert.Empty(SshCommandLine.Translate(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _)!);
    }

    [Theory]
    [InlineData("-Z h", "unknown option -Z")]
    [InlineData("-p", "option -p needs a value")]
    [InlineData("ssh://h:0 cmd", "bad URI ssh://h:0")]
    public void What_is_wrong_is_named(string line, string message)
    {
        Assert.Null(SshCommandLine.Translate(line.Split(' '), out string error));
        Assert.Equal(message, error);
    }

    private static WrapperOptions AsSsh(params string[] arguments) => Parsed([.. SshCommandLine.Translate(arguments, out _)!]);

    private static WrapperOptions Parsed(params string[] arguments)
    {
        RoamCommandLine description = new();
        Assert.True(description.TryParse(arguments, out ParseResult result, out string error), error);
        Assert.True(description.IsForSession(result), string.Join("; ", result.Errors.Select(e => e.Message)));
        return description.Read(result, arguments);
    }
}
