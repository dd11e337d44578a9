using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam relay`: hands a session's datagrams on from a machine that both sides can reach. It holds no key.</summary>
internal static class RelayCommand
{
    private const string Name = "roam relay";

    public static int Run(string[] arguments)
    {
        if (arguments is ["--help" or "-h"])
        {
            StandardStreams.Out(RelayArguments.Usage);
            return ExitCode.Success;
        }

        bool isInScope = arguments is [LogoutGuard.InScopeOption, ..];
        arguments = isInScope ? arguments[1..] : arguments;
        if (!RelayArguments.TryParse(arguments, out RelayArguments parsed, out string error))
        {
            StandardStreams.Error($"{Name}: {error}\n{RelayArguments.Usage}");
            return ExitCode.Usage;
        }

        if (parsed.Find)
        {
            return Find(parsed);
        }

        if (!isInScope)
        {
            LogoutGuard.Here().Escape("relay", arguments);
        }

        return Start(parsed, arguments);
    }

    /// <summary>Prints what a client reads (ROAM_FINDER).</summary>
    private static int Find(RelayArguments parsed)
    {
        List<string> places = RelaySearch.TryFind(parsed, ServerBuilds.Here(), out string error);
        if (places.Count == 0)
        {
            StandardStreams.Error($"{Name}: {error}\n");
            return ExitCode.Failure;
        }

        StandardStreams.Out(string.Concat(places.Select(place => $"ROAM PLACE {place}\n")));
        return ExitCode.Success;
    }

    private static int Start(RelayArguments parsed, string[] arguments)
    {
        RelayOptions options = new()
        {
            TargetHost = parsed.TargetHost,
            TargetPort = parsed.TargetPort,
            PortLow = parsed.Ports.Low,
            PortHigh = parsed.Ports.High,
            IdleMillis = parsed.IdleMillis,
            InnerIds = parsed.InnerIds,
            DisplayArguments = arguments,
        };
        if (!RelayHost.TryStart(options, out int port, out string id, out int pid, out string error))
        {
            StandardStreams.Error($"{Name}: {error}\n");
            return ExitCode.Failure;
        }

        if (ProcessEnvironment.Get("SSH_CONNECTION") is { Length: > 0 } connection)
        {
            StandardStreams.Out($"ROAM SSH_CONNECTION {connection}\n");
        }

        string portText = port.ToString(CultureInfo.InvariantCulture);
        StandardStreams.Out($"ROAM RELAY {portText} {id}\n");
        StandardStreams.Error(
            $"[{Name} detached, pid = {pid.ToString(CultureInfo.InvariantCulture)}]\n"
            + $"Through it: ROAM_PLACES='ADDRESS;{portText};{id}', with an address of this machine. Whoever knows the id can disturb the session, but not read it.\n");
        return ExitCode.Success;
    }
}
