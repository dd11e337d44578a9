using Roam.Host;

namespace Roam.Cli;

/// <summary>Is there an ssh to log in with?</summary>
internal sealed class SshCheck : Check
{
    public override string Name => "ssh";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        if (!ShellWords.TrySplit(examination.Options.SshCommandLine, out List<string> words) || words.Count == 0)
        {
            return [Finding.Failed($"--ssh is no command: {examination.Options.SshCommandLine}", "Give a program and its options, quoted as for a shell.")];
        }

        using TalkingChild? ssh = TalkingChild.TryStart([words[0], "-V"], out string error);
        if (ssh is null)
        {
            return [Finding.Failed($"{words[0]} could not be started: {error}", "Install OpenSSH's client (apt, dnf: openssh-client, openssh-clients), or say where it is: --ssh=COMMAND.")];
        }

        const long WaitMillis = 5_000;
        bool spoke = ssh.TryReadLine(SystemClock.Now.PlusMillis(WaitMillis), out string version, out _);
        return spoke && ssh.Finish() == 0
            ? [Finding.Ok(version, ("version", version))]
            : [Finding.Warning($"{words[0]} does not tell its version", "Roam expects OpenSSH's options (-o, -S, -T).")];
    }
}
