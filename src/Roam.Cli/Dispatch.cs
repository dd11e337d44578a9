using Roam.Host;

namespace Roam.Cli;

/// <summary>Chooses the entry point: by the name the program was called with (a link named mosh-server is mosh-server), else by the first word.</summary>
internal static class Dispatch
{
    /// <summary>First word that shows the garbage collector's settings as they were compiled in (an AOT program reads no runtimeconfig.json).</summary>
    public const string CollectorSettingsVerb = "__gc";

    /// <summary>The words that follow the name, or the first word, are the arguments of the chosen entry point.</summary>
    public static EntryPoint Of(string programPath, string[] arguments, out string[] rest)
    {
        string first = arguments.Length > 0 ? arguments[0] : "";
        if (DetachedOf(first) is { } detached)
        {
            rest = [];
            return detached;
        }

        rest = arguments;
        if (first == CollectorSettingsVerb)
        {
            return EntryPoint.CollectorSettings;
        }

        // A login shell's name begins with '-': someone may have made the link their shell.
        switch (Path.GetFileName(programPath).TrimStart('-'))
        {
            case "mosh":
                return EntryPoint.Mosh;
            case "mosh-client":
                return EntryPoint.MoshClient;
            case "mosh-server":
                return EntryPoint.MoshServer;
            case SshCommandLine.LinkName:
                return EntryPoint.Ssh;
        }

        EntryPoint chosen = first switch
        {
            "mosh" => EntryPoint.Mosh,
            "client" => EntryPoint.MoshClient,
            "server" => EntryPoint.Server,
            "far" => EntryPoint.Far,
            "relay" => EntryPoint.Relay,
            "ssh" => EntryPoint.Ssh,
            "cp" => EntryPoint.Copy,
            _ => EntryPoint.Roam,
        };
        // `roam server --help` is a question to roam, which teaches; mosh-server's own answer is one line.
        if (chosen != EntryPoint.Mosh && arguments is [_, "--help" or "-h"])
        {
            return EntryPoint.Roam;
        }

        if (chosen != EntryPoint.Roam)
        {
            rest = arguments[1..];
        }

        return chosen;
    }

    private static EntryPoint? DetachedOf(string verb) => verb switch
    {
        Detach.ChildVerb => EntryPoint.DetachedServer,
        RelayHost.ChildVerb => EntryPoint.DetachedRelay,
        BrokerHost.ChildVerb => EntryPoint.DetachedBroker,
        _ => null,
    };
}
