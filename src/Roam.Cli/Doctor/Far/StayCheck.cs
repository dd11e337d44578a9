namespace Roam.Cli;

/// <summary>Does the system there end the user's programs when the ssh login ends (logind.conf(5): KillUserProcesses)?</summary>
internal sealed class StayCheck : FarCheck
{
    public override string Name => "stay";

    protected override Finding Judge(FarProbe far)
    {
        bool hasSystemd = far.Facts["systemd"] == "yes";
        bool kills = far.Facts["kill"] == "KillUserProcesses=yes";
        bool lingers = far.Facts["linger"] == "Linger=yes";
        bool hasScope = far.Facts["scope"] == "yes";
        (string, object)[] facts = [("systemd", hasSystemd), ("killUserProcesses", kills), ("linger", lingers), ("userScope", hasScope)];
        if (!kills)
        {
            return Finding.Ok("programs outlive the login", facts);
        }

        return lingers && hasScope
            ? Finding.Ok("programs end with the login, but this user lingers: a session stays in a scope of its own", facts)
            : Finding.Warning(
                "the system ends programs with the login (KillUserProcesses=yes)",
                lingers ? "Have systemd-run installed, so that the session gets a scope of its own." : "Once, there: loginctl enable-linger. Then sessions outlive the login.",
                facts);
    }
}
