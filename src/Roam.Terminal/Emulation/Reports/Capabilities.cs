using System.Text;

namespace Roam.Terminal;

/// <summary>
/// What XTGETTCAP knows: the entries that programs ask for because descriptions on their machine lack them (colours, underlines, cursor, clipboard), and keys.
/// Keys are the bytes that are sent; entries with parameters are written as in a terminfo source (\E).
/// </summary>
internal static class Capabilities
{
    public const int ValueLengthMax = 128;

    private static readonly Capability[] Entries =
    [
        new("name", "TN", CapabilityKind.Name, ""),
        new("colors", "Co", CapabilityKind.Colors, ""),
        new("RGB", "", CapabilityKind.Text, "8"),
        new("Tc", "", CapabilityKind.Flag, ""),
        new("Su", "", CapabilityKind.Flag, ""),
        new("Smulx", "", CapabilityKind.Text, "\\E[4:%p1%dm"),
        new("Setulc", "", CapabilityKind.Text, "\\E[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%dm"),
        new("setrgbf", "", CapabilityKind.Text, "\\E[38:2::%p1%d:%p2%d:%p3%dm"),
        new("setrgbb", "", CapabilityKind.Text, "\\E[48:2::%p1%d:%p2%d:%p3%dm"),
        new("smxx", "", CapabilityKind.Text, "\\E[9m"),
        new("rmxx", "", CapabilityKind.Text, "\\E[29m"),
        new("Smol", "", CapabilityKind.Text, "\\E[53m"),
        new("Rmol", "", CapabilityKind.Text, "\\E[55m"),
        new("Ss", "", CapabilityKind.Text, "\\E[%p1%d q"),
        new("Se", "", CapabilityKind.Text, "\\E[0 q"),
        new("Cs", "", CapabilityKind.Text, "\\E]12;%p1%s\\007"),
        new("Cr", "", CapabilityKind.Text, "\\E]112\\007"),
        new("Ms", "", CapabilityKind.Text, "\\E]52;%p1%s;%p2%s\\007"),
        new("Sync", "", CapabilityKind.Text, "\\E[?2026%?%p1%{1}%-%tl%eh%;"),
        new("kcuu1", "ku", CapabilityKind.CursorKey, "A"),
        new("kcud1", "kd", CapabilityKind.CursorKey, "B"),
        new("kcuf1", "kr", CapabilityKind.CursorKey, "C"),
        new("kcub1", "kl", CapabilityKind.CursorKey, "D"),
        new("khome", "kh", CapabilityKind.CursorKey, "H"),
        new("kend", "@7", CapabilityKind.CursorKey, "F"),
        new("kich1", "kI", CapabilityKind.Text, "\e[2~"),
        new("kdch1", "kD", CapabilityKind.Text, "\e[3~"),
        new("kpp", "kP", CapabilityKind.Text, "\e[5~"),
        new("knp", "kN", CapabilityKind.Text, "\e[6~"),
        new("kcbt", "kB", CapabilityKind.Text, "\e[Z"),
        new("kbs", "kb", CapabilityKind.Text, "\x7f"),
        new("kLFT", "#4", CapabilityKind.Text, "\e[1;2D"),
        new("kRIT", "%i", CapabilityKind.Text, "\e[1;2C"),
        new("kHOM", "#2", CapabilityKind.Text, "\e[1;2H"),
        new("kEND", "*7", CapabilityKind.Text, "\e[1;2F"),
        new("kf1", "k1", CapabilityKind.Text, "\eOP"),
        new("kf2", "k2", CapabilityKind.Text, "\eOQ"),
        new("kf3", "k3", CapabilityKind.Text, "\eOR"),
        new("kf4", "k4", CapabilityKind.Text, "\eOS"),
        new("kf5", "k5", CapabilityKind.Text, "\e[15~"),
        new("kf6", "k6", CapabilityKind.Text, "\e[17~"),
        new("kf7", "k7", CapabilityKind.Text, "\e[18~"),
        new("kf8", "k8", CapabilityKind.Text, "\e[19~"),
        new("kf9", "k9", CapabilityKind.Text, "\e[20~"),
        new("kf10", "k;", CapabilityKind.Text, "\e[21~"),
        new("kf11", "F1", CapabilityKind.Text, "\e[23~"),
        new("kf12", "F2", CapabilityKind.Text, "\e[24~"),
    ];

    public static bool TryFind(ReadOnlySpan<byte> name, out Capability found)
    {
        foreach (Capability entry in Entries)
        {
            if (Ascii.Equals(name, entry.Name) || (entry.Termcap.Length != 0 && Ascii.Equals(name, entry.Termcap)))
            {
                found = entry;
                return true;
            }
        }

        found = default;
        return false;
    }
}
