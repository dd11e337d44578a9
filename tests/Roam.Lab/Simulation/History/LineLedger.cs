using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Every line that left the server's main screen and is not committed at the client yet, as it was. The server's log is looked at before each datagram is made, so a line that is gone by then
/// was never anybody's to send.
/// </summary>
internal sealed class LineLedger
{
    private readonly LineReader _reader = new();
    private readonly Queue<LineMark?> _lines = new();
    private ulong _seen;

    /// <summary>Number of the next line to be committed.</summary>
    public ulong Next { get; private set; }

    public void Look(HistoryLog log)
    {
        if (log.Next != _seen)
        {
            _reader.ReadFrom(log, _seen, _lines.Enqueue);
            _seen = log.Next;
        }
    }

    /// <summary>The next line is committed; null: the server never had it to send, or no such line was printed.</summary>
    public LineMark? Take()
    {
        Next++;
        return _lines.TryDequeue(out LineMark? line) ? line : null;
    }
}
