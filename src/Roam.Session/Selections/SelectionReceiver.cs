using System.Numerics;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The client's end of <see cref="SelectionSender"/>: a text that has come whole waits for the frame that counts the same write, and is then part of it. A text for a write that is over already
/// is dropped.
/// </summary>
internal sealed class SelectionReceiver(StreamSet streams)
{
    private readonly (string? Text, ulong Count)[] _received = new (string?, ulong)[Selections.Names.Length];
    private readonly ulong[] _counts = new ulong[Selections.Names.Length];
    private ScreenExtras? _source;
    private ScreenExtras _completed = ScreenExtras.None;
    private uint _mask;
    private char[] _text = [];
    private int _length;
    private ulong _id;
    private bool _isOpen;
    private bool _hasAny;

    /// <summary>The server opened it; what was missing of an earlier one is lost.</summary>
    public void Open(ulong id) => (_id, _isOpen, _mask, _text) = (id, true, 0, []);

    /// <summary>True: a text has come whole.</summary>
    public bool Read()
    {
        bool any = false;
        while (_isOpen && (_mask != 0 || TryReadHead()))
        {
            ReadOnlySpan<byte> piece = streams.Peek(_id);
            piece = piece[..Math.Min(piece.Length, _text.Length - _length)];
            if (piece.IsEmpty)
            {
                break;
            }

            if (!Selections.IsBase64(piece))
            {
                GiveUp();
                break;
            }

            _length += Encoding.ASCII.GetChars(piece, _text.AsSpan(_length));
            streams.Consume(_id, piece.Length);
            if (_length == _text.Length)
            {
                TakeText();
                any = true;
            }
        }

        return any;
    }

    /// <summary>The extras of a frame, with the texts that came beside it. The same object for the same frame's.</summary>
    public ScreenExtras Complete(ScreenExtras extras)
    {
        if (!_hasAny)
        {
            return extras;
        }

        if (ReferenceEquals(extras, _source))
        {
            return _completed;
        }

        (_source, _completed) = (extras, extras);
        _hasAny = false;
        for (int i = 0; i < _received.Length; i++)
        {
            (string? text, ulong count) = _received[i];
            if (text is not null && extras.Selections.CountOf(i) > count)
            {
                _received[i] = default;
            }
            else if (text is not null)
            {
                _hasAny = true;
                bool isThis = extras.Selections.CountOf(i) == count && extras.Selections.TextOf(i) is null;
                _completed = isThis ? _completed with { Selections = _completed.Selections.WithWrite(i, count, text) } : _completed;
            }
        }

        return _completed;
    }

    private bool TryReadHead()
    {
        ReadOnlySpan<byte> all = streams.Peek(_id);
        ReadOnlySpan<byte> rest = all;
        if (!VarInt.TryRead(ref rest, out ulong mask) || !VarInt.TryRead(ref rest, out ulong length))
        {
            return false;
        }

        if (mask is 0 || mask >> Selections.Names.Length != 0 || length is 0 or > Selections.LengthMax)
        {
            GiveUp();
            return false;
        }

        for (uint bits = (uint)mask; bits != 0; bits &= bits - 1)
        {
            if (!VarInt.TryRead(ref rest, out _counts[BitOperations.TrailingZeroCount(bits)]))
            {
                return false;
            }
        }

        streams.Consume(_id, all.Length - rest.Length);
        (_mask, _length) = ((uint)mask, 0);
        _text = new char[length];
        return true;
    }

    private void TakeText()
    {
        string text = new(_text);
        for (uint bits = _mask; bits != 0; bits &= bits - 1)
        {
            int i = BitOperations.TrailingZeroCount(bits);
            _received[i] = (text, _counts[i]);
        }

        (_mask, _text, _source, _hasAny) = (0, [], null, true);
    }

    /// <summary>No honest server says that: nothing of this stream can be trusted any more.</summary>
    private void GiveUp()
    {
        _isOpen = false;
        _text = [];
        streams.Reset(_id);
    }
}
