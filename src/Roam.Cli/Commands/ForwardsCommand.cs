using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam forward`: tells a client that runs on this machine what to forward.</summary>
internal static class ForwardsCommand
{
    public static int Run(string? session, IReadOnlyList<string> lines)
    {
        if (!RunningClients.TryChoose(session, out string client, out string error))
        {
            StandardStreams.Error($"roam forward: {error}");
            return ExitCode.Failure;
        }

        int code = ExitCode.Success;
        foreach (string line in lines)
        {
            if (RunningClients.TryAsk(client, line, out string answer))
            {
                StandardStreams.Out(answer);
            }
            else
            {
                StandardStreams.Error($"roam forward: {answer}\n");
                code = ExitCode.Failure;
            }
        }

        return code;
    }
}
