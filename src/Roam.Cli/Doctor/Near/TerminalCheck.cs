using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>TERM, its terminfo entry, colours and size.</summary>
internal sealed class TerminalCheck : Check
{
    public override string Name => "terminal";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        string term = ProcessEnvironment.Get("TERM") ?? "";
        if (term.Length == 0)
        {
            return [Finding.Failed("TERM is not set, so the terminal's kind is not known", "Set it: export TERM=xterm-256color fits most terminals.", ("term", ""))];
        }

        if (TerminalDescription.TryLoad(term) is not { } entry)
        {
            return [Finding.Failed($"no terminfo entry for \"{term}\" on this machine", "Set TERM=xterm-256color, or install the entry (package ncurses-term).", ("term", term))];
        }

        TerminalCapabilities abilities = TerminalCapabilities.From(entry, term, ProcessEnvironment.Get("COLORTERM"));
        bool hasSize = StandardStreams.TryGetWindowSize(out int width, out int height);
        string colors = abilities.TrueColor ? "true colour" : $"{abilities.Colors} colours";
        (string, object)[] facts = [("term", term), ("colors", abilities.Colors), ("trueColor", abilities.TrueColor), ("width", width), ("height", height)];
        if (!StandardStreams.InputIsTerminal || !hasSize)
        {
            return [Finding.Ok($"{term}, {colors}; not run on a terminal now", facts)];
        }

        return abilities.Colors < 8
            ? [Finding.Warning($"{term} has no colours ({width}x{height})", "If the terminal has them, say so: export TERM=xterm-256color.", facts)]
            : [Finding.Ok($"{term}, {colors}, {width}x{height}", facts)];
    }
}
