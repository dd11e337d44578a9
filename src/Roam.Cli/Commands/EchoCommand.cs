using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam far --echo [-p PORT[:PORT2]]`: the far end of `roam doctor`'s measurements.</summary>
internal static class EchoCommand
{
    public static int Run(string[] arguments)
    {
        PortRange ports = PortRange.Default;
        foreach (string argument in arguments)
        {
            if (!argument.StartsWith("-p", StringComparison.Ordinal) || !OptionValues.TryParsePort(argument[2..], out ports, out string error))
            {
                StandardStreams.Error($"roam far --echo: {argument} is not understood\n");
                return ExitCode.Usage;
            }
        }

        using ServerEndpoint? endpoint = ServerEndpoint.TryBind(null, ports.Low, ports.High, out string reason);
        if (endpoint is null)
        {
            StandardStreams.Error($"roam far --echo: {reason}\n");
            return ExitCode.Failure;
        }

        string[] addresses = HostAddresses.Global(ServerArguments.AddressOfSshConnection(ProcessEnvironment.Get("SSH_CONNECTION")), FarCommand.AddressesMax);
        StandardStreams.Out(addresses.Length > 0 ? $"ROAM ADDRESSES {string.Join(' ', addresses)}\n" : "");
        StandardStreams.Out($"{FarFacts.Prefix}roam {OwnProgram.Path}\n{FarFacts.Prefix}roamversion roam {BuildInfo.Version}\n");
        StandardStreams.Out($"ROAM ECHO {endpoint.Port.ToString(CultureInfo.InvariantCulture)} {endpoint.KeyText}\n");
        EchoServer.Run(endpoint);
        return ExitCode.Success;
    }
}
