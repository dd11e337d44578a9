using System.Numerics;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// Texts of selections that are too long for a frame go in a stream, opened for the first of them, behind everything that the user waits for (docs/protocol.md, section 8). Of each selection only the newest text waits.
/// A text: set of its selections, its length, the count of each selection, then its characters.
/// </summary>
internal sealed class SelectionSender(StreamSet streams)
{
    /// <summary>Longer texts do not go with the frame: a few datagrams' worth.</summary>
    public const int DirectLengthMax = 4096;

    /// <summary>Written and not acknowledged.</summary>
    private const int AheadBytesMax = 32 * 1024;

    private const int PieceBytes = 4096;

    private static readonly int Count = Selections.Names.Length;
    private static readonly int HeadBytesMax = (2 + Count) * VarInt.BytesMax;

    private readonly (string? Text, ulong Count)[] _waiting = new (string?, ulong)[Count];
    private Selections _seen = Selections.None;
    private string? _text;
    private int _written;
    private ulong _id;
    private bool _isOpen;
    private bool _waits;

    /// <summary>The client wants no more of this one; the next long text has a stream of its own.</summary>
    public void Close() => (_isOpen, _text) = (false, null);

    public bool Serves(ulong id) => _isOpen && id == _id;

    /// <summary>Takes what is new of the selections. Called in each turn: nearly always they are the same object.</summary>
    public void Look(Selections selections)
    {
        if (ReferenceEquals(selections, _seen))
        {
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            if (selections.CountOf(i) != _seen.CountOf(i))
            {
                _waiting[i] = selections.TextOf(i) is { Length: > DirectLengthMax } text ? (text, selections.CountOf(i)) : default;
                _waits |= _waiting[i].Text is not null;
            }
        }

        _seen = selections;
    }

    public void Feed(Instant now)
    {
        if (_text is null && !_waits)
        {
            return;
        }

        _isOpen = _isOpen || streams.TryOpen(now, StreamKind.Selections, [], out _id);
        Span<byte> piece = stackalloc byte[PieceBytes];
        while (_isOpen && streams.Unacknowledged(_id) < AheadBytesMax && (_text is not null || TryBegin()))
        {
            int count = Math.Min(Math.Min(_text!.Length - _written, PieceBytes), streams.WriteRoom(_id));
            if (count == 0)
            {
                return;
            }

            Encoding.ASCII.GetBytes(_text.AsSpan(_written, count), piece);
            _written += streams.Write(_id, piece[..count]);
            _text = _written == _text.Length ? null : _text;
        }
    }

    private bool TryBegin()
    {
        int first = Array.FindIndex(_waiting, w => w.Text is not null);
        _waits = first >= 0;
        if (first < 0 || streams.WriteRoom(_id) < HeadBytesMax)
        {
            return false;
        }

        (_text, _written) = (_waiting[first].Text, 0);
        uint mask = 0;
        for (int i = first; i < Count; i++)
        {
            mask |= ReferenceEquals(_waiting[i].Text, _text) ? 1u << i : 0;
        }

        Span<byte> head = stackalloc byte[HeadBytesMax];
        int length = VarInt.Write(head, mask);
        length += VarInt.Write(head[length..], (ulong)_text!.Length);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int i = BitOperations.TrailingZeroCount(rest);
            length += VarInt.Write(head[length..], _waiting[i].Count);
            _waiting[i] = default;
        }

        streams.Write(_id, head[..length]);
        return true;
    }
}
