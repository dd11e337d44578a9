using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam history`: the lines that a session's server keeps, for pipes and pagers.</summary>
internal static class HistoryCommand
{
    public static int Run(string? session, bool? isAnsi)
    {
        string question = isAnsi ?? StandardStreams.OutputIsTerminal ? "history ansi" : "history plain";
        if (ControlClient.TryAsk(session, question, out string error))
        {
            return ExitCode.Success;
        }

        StandardStreams.Error($"roam history: {error}.\n");
        return ExitCode.Failure;
    }
}
