using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>Takes lines out of the history stream as long as there is room for them; what does not fit stays in the stream, and the server waits.</summary>
internal sealed class HistoryReceiver(StreamSet streams, ICompressor compressor, PendingHistory pending)
{
    /// <summary>Made with the first block: most sessions begin without one.</summary>
    private byte[]? _records;
    private ulong _id;
    private bool _isOpen;

    /// <summary>What the server knows, or finds out by itself, of how far we have come.</summary>
    private ulong _said;

    /// <summary>Asks the server for all lines that are not there yet.</summary>
    public void Open(Instant now)
    {
        Span<byte> target = stackalloc byte[VarInt.BytesMax];
        int length = VarInt.Write(target, pending.Wanted);
        _isOpen = streams.TryOpen(now, StreamKind.History, target[..length], out _id);
    }

    /// <summary>True: lines came, since the last call, in the stream or in a picture.</summary>
    public bool Read()
    {
        ulong before = _said;
        SayPosition();
        while (_isOpen && !pending.IsFull)
        {
            ReadOnlySpan<byte> come = streams.Peek(_id);
            if (come.IsEmpty)
            {
                break;
            }

            _records ??= new byte[HistoryBlock.RecordBytesMax];
            int length = HistoryBlock.Take(come, _records, compressor, pending);
            if (length < 0)
            {
                // Nothing of it can be trusted; the session goes on without history.
                _isOpen = false;
                streams.Reset(_id);
            }

            if (length <= 0)
            {
                break;
            }

            streams.Consume(_id, length);
        }

        _said = pending.Wanted;
        return _said != before;
    }

    /// <summary>Lines that were taken from a picture: the server is told, and leaves them out.</summary>
    private void SayPosition()
    {
        Span<byte> position = stackalloc byte[VarInt.BytesMax];
        if (_isOpen && pending.Wanted != _said && pending.Wanted <= VarInt.Max)
        {
            int length = VarInt.Write(position, pending.Wanted);
            if (streams.WriteRoom(_id) >= length)
            {
                streams.Write(_id, position[..length]);
            }
        }
    }
}
