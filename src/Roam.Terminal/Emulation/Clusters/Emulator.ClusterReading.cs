using System.Buffers;
using System.Text.Unicode;

namespace Roam.Terminal;

/// <summary>
/// How a diff spells a cell that printing its text would not give (docs/protocol.md): what of it goes into one cell everywhere is printed, and OSC 2027 ; columns ; text
/// directly behind says what that cell really holds. A stock client skips the string: it shows the beginning of the cluster, and nothing else moves.
/// Only a reader of diffs listens to it.
/// </summary>
public sealed partial class Emulator
{
    /// <summary>Number of the string; <see cref="Stylus{TDialect}"/> writes it.</summary>
    internal const int ClusterOsc = 2027;

    private void ReadCluster(ReadOnlySpan<byte> text)
    {
        if (_lastGraphic == 0 || text.Length < 2 || text[0] is not ((byte)'1' or (byte)'2') || text[1] != ';')
        {
            return;
        }

        Span<char> cluster = stackalloc char[GraphemeTable.ClusterLengthMax];
        OperationStatus status = Utf8.ToUtf16(text[2..], cluster, out _, out int length, replaceInvalidSequences: false);
        if (status == OperationStatus.Done && length != 0 && !HasControls(cluster[..length]))
        {
            SetCluster(LeadColumn(), cluster[..length], text[0] - '0');
        }
    }

    private static bool HasControls(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
