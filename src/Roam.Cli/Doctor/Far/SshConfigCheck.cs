using Roam.Host;

namespace Roam.Cli;

/// <summary>What ssh makes of the host's name.</summary>
internal sealed class SshConfigCheck : Check
{
    private const long WaitMillis = 10_000;

    public override string Name => "ssh-config";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        if (examination.Ssh("-G") is not { } words)
        {
            return [Finding.Skipped("--ssh is no command")];
        }

        using TalkingChild? ssh = TalkingChild.TryStart(words, out string error);
        if (ssh is null)
        {
            return [Finding.Skipped($"{words[0]}: {error}")];
        }

        List<string> lines = [];
        List<string> complaints = [];
        while (ssh.TryReadLine(SystemClock.Now.PlusMillis(WaitMillis), out string line, out bool isError))
        {
            (isError ? complaints : lines).Add(line);
        }

        if (ssh.Finish() != 0 || lines.Count == 0)
        {
            return [Finding.Failed($"ssh -G: {(complaints.Count > 0 ? complaints[^1] : "no answer")}", "Correct the configuration that it names.")];
        }

        examination.Settings = new SshSettings(lines);
        return [Describe(examination)];
    }

    private static Finding Describe(Examination examination)
    {
        SshSettings settings = examination.Settings;
        string way = settings switch
        {
            { ProxyJump.Length: > 0 } => $", through {settings.ProxyJump}",
            { ProxyCommand.Length: > 0 } => ", through a ProxyCommand",
            _ => "",
        };
        (string, object)[] facts =
        [
            ("hostName", settings.HostName), ("port", settings.Port), ("user", settings.User), ("proxyJump", settings.ProxyJump),
            ("proxyCommand", settings.ProxyCommand), ("sharesConnections", settings.SharesConnections),
        ];
        return Finding.Ok($"{settings.User}@{settings.HostName} port {settings.Port}{way}{(settings.SharesConnections ? "; connections are shared" : "")}", facts);
    }
}
