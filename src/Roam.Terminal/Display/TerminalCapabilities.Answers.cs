namespace Roam.Terminal;

/// <summary>What the terminal's answers add to its entry.</summary>
public sealed partial record TerminalCapabilities
{
    /// <summary>Names in XTVERSION of terminals that have styled underlines and direct colour whatever their entry says.</summary>
    private static readonly string[] Rich = ["kitty", "foot", "WezTerm", "ghostty", "contour", "mintty", "iTerm2", "VTE", "Konsole", "tmux"];

    /// <summary>A terminal that tells its name is a young one, and has REP if its entry has.</summary>
    public TerminalCapabilities With(TerminalFacts facts)
    {
        bool isRich = IsRich(facts.Name);
        return this with
        {
            SynchronizedOutput = SynchronizedOutput || facts.SynchronizedOutput == true,
            Repeat = Repeat || (RepeatsIfNamed && facts.Name is not null),
            TrueColor = TrueColor || (isRich && Colors >= 256),
            StyledUnderlines = StyledUnderlines || isRich,
            Faint = Faint || isRich,
            Italic = Italic || isRich,
            Strike = Strike || isRich,
            Hyperlinks = facts.Name is null ? Hyperlinks : !facts.Name.StartsWith("XTerm", StringComparison.Ordinal),
            StringLengthMax = facts.Name is null ? StringLengthMax : int.MaxValue,
            Progress = Progress || TerminalFamily.HasProgress(facts.Name),
            Notifications = facts.Name is null ? Notifications : TerminalFamily.NotificationsOf(facts.Name),
        };
    }

    private static bool IsRich(string? name)
    {
        foreach (string rich in Rich)
        {
            if (name is not null && name.StartsWith(rich, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
