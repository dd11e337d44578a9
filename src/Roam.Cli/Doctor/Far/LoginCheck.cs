namespace Roam.Cli;

/// <summary>Logs in by ssh. The login stays for the checks that follow.</summary>
internal sealed class LoginCheck : Check
{
    private const long SlowMicros = 5_000_000;

    public override string Name => "login";

    public override string Progress => "logging in";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        if (examination.Ssh("-T") is not { } ssh)
        {
            return [Finding.Skipped("--ssh is no command")];
        }

        examination.Far = FarProbe.TryLogIn(ssh, examination.Options.Ports, out string error, out int code, out List<string> complaints);
        if (examination.Far is { } far)
        {
            double seconds = far.LoginMicros / 1e6;
            string text = FormattableString.Invariant($"{seconds:0.00} s to a shell ({far.Facts["system"]})");
            (string, object)[] facts = [("seconds", seconds), ("system", far.Facts["system"]), ("shell", far.Facts["shell"])];
            return far.LoginMicros > SlowMicros
                ? [Finding.Warning(text, "Slow: look for name lookups (UseDNS), GSSAPI, or slow start files. ControlMaster makes later logins quick.", facts)]
                : [Finding.Ok(text, facts)];
        }

        if (error.Length > 0)
        {
            return [Finding.Failed($"ssh: {error}", "See whether the host is up: ping it, or `ssh -v` to it.")];
        }

        string said = complaints.Count > 0 ? complaints[^1] : "no word";
        return code == ExitCode.WrapperUsage
            ? [Finding.Failed(said, AdviceFor(string.Join('\n', complaints), examination.Options.Host ?? ""))]
            : [Finding.Failed($"ssh ended with code {code}, and the script did not run: {said}", "Does the login run another program (ForceCommand, a start file that exits)? Roam needs a POSIX sh there.")];
    }

    private static string AdviceFor(string complaints, string host)
    {
        (string Word, string Advice)[] known =
        [
            ("Permission denied", "ssh found no key or password that fits: try `ssh " + host + "`; load a key (ssh-add), or copy it (ssh-copy-id)."),
            ("Host key verification failed", "The host's key is not known, or has changed: log in once with `ssh " + host + "` and compare it."),
            ("Could not resolve", "The name is not known: mistyped, or known to another network (VPN) only."),
            ("Connection refused", "Nothing listens there: is sshd running, and on this port (Port in ssh_config)?"),
            ("timed out", "No answer: a firewall, or the host is down. A bastion may lead there: -J."),
            ("No route", "The network there cannot be reached from here: VPN, or a bastion with -J."),
            ("Network is unreachable", "This machine has no way to that address: is the network up?"),
        ];
        return known.FirstOrDefault(k => complaints.Contains(k.Word, StringComparison.OrdinalIgnoreCase)) is { Advice: { } advice } ? advice : $"Try `ssh -v {host}`.";
    }
}
