using System.Buffers;
using System.Text.Unicode;

namespace Roam.Terminal;

/// <summary>
/// How a diff spells a cell that printing its text would not give (docs/protocol.md): what of it goes into one cell everywhere is printed, and OSC 2027 ; columns ; rest
/// directly behind says what else belongs to that cell. A stock client skips the string: it shows a part of the cluster, and nothing else moves.
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

        int column = LeadColumn();
        Span<char> cluster = stackalloc char[GraphemeTable.ClusterLengthMax];
        int length = CopyText(Screen.CellsAt(Screen.Cursor.Row)[column], cluster);
        OperationStatus status = Utf8.ToUtf16(text[2..], cluster[length..], out _, out int added, replaceInvalidSequences: false);
        if (status != OperationStatus.Done || HasControls(cluster.Slice(length, added)))
        {
            return;
        }

        SetCluster(column, cluster[..(length + added)], text[0] - '0');
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
