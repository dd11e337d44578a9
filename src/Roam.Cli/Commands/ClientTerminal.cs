using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>Whether the terminal that we were started on can show a session; told before anything is started elsewhere.</summary>
internal static class ClientTerminal
{
    /// <summary>Prints what is wrong.</summary>
    public static bool IsUsable(string programName)
    {
        if (!StandardStreams.InputIsTerminal || !StandardStreams.OutputIsTerminal)
        {
            string stream = StandardStreams.InputIsTerminal ? "output" : "input";
            StandardStreams.Error($"{programName}: standard {stream} is not a terminal; a session needs one.\n");
            return false;
        }

        return HasDescription(programName);
    }

    /// <summary>Prints what is wrong.</summary>
    public static bool HasDescription(string programName)
    {
        string? term = ProcessEnvironment.Get("TERM");
        if (string.IsNullOrEmpty(term))
        {
            StandardStreams.Error($"{programName}: TERM is not set, so the terminal's kind is not known. For most: TERM=xterm-256color {programName} ...\n");
            return false;
        }

        if (TerminalDescription.TryLoad(term) is null)
        {
            StandardStreams.Error(
                $"{programName}: unknown terminal type '{term}' (no terminfo entry on this machine). For most terminals: TERM=xterm-256color {programName} ...\n");
            return false;
        }

        return true;
    }

    /// <summary>terminfo's max_colors as far as a server understands it: 0, 8, 16, 88 or 256.</summary>
    public static int ColorCount()
    {
        string? term = ProcessEnvironment.Get("TERM");
        byte[] entry = TerminalDescription.TryLoad(term ?? "") ?? [];
        return TerminalCapabilities.From(entry, term, ProcessEnvironment.Get("COLORTERM")).Colors;
    }
}
