using System.CommandLine;

namespace Roam.Cli;

/// <summary>The words of `roam doctor`; a test holds its manual page to them.</summary>
internal sealed class DoctorCommandLine : Command
{
    private readonly Argument<string?> _host = new("host")
    {
        HelpName = "[user@]host",
        Description = "The host to look at, as for ssh. Without it: this machine only.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    private readonly Option<string?> _ssh = new("--ssh") { HelpName = "COMMAND", Description = "ssh command (default: ssh)." };
    private readonly Option<string?> _jump = new("--jump", "-J") { HelpName = "HOSTS", Description = "Bastions to go through, as ssh's -J." };
    private readonly Option<string?> _port = new("--port", "-p") { HelpName = "PORT[:PORT2]", Description = "UDP port or range to try (default 60001:60999)." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object, for programs." };

    public DoctorCommandLine()
        : base("doctor", "Looks at each thing that a session needs, says what is wrong, and what to do.")
    {
        Arguments.Add(_host);
        Options.Add(_ssh);
        Options.Add(_jump);
        Options.Add(_port);
        Options.Add(_json);
        _host.CompletionSources.Add(_ => KnownHosts.Names());
        _host.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value is ['-', ..] or "")
            {
                result.AddError($"\"{result.Tokens[0].Value}\" is no host");
            }
        });
        _port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !OptionValues.TryParsePort(result.Tokens[0].Value, out _, out string error))
            {
                result.AddError(error);
            }
        });
    }

    public bool IsAsked(ParseResult result) => result.Errors.Count == 0 && result.Action is null && ReferenceEquals(result.CommandResult.Command, this);

    public DoctorOptions Read(ParseResult result) => new()
    {
        Host = result.GetValue(_host),
        SshCommandLine = result.GetValue(_ssh) ?? "ssh",
        Jump = result.GetValue(_jump),
        Ports = result.GetValue(_port) is { } port && OptionValues.TryParsePort(port, out PortRange range, out _) ? range : null,
        Json = result.GetValue(_json),
    };
}
