namespace Roam.Transport;

/// <summary>
/// Puts the fragments of one instruction together, in whatever order they come. A fragment with another id discards what was gathered.
/// Bounds: 32768 fragments (15 bits of number), AssemblyBytesMax bytes; at a bound everything gathered is dropped. Slices lie in the buffer in order of arrival.
/// </summary>
internal sealed class FragmentAssembly
{
    /// <summary>A longer table is given back: 64 fragments hold any screen.</summary>
    private const int RetainedSlicesMax = 512;

    private readonly GrowingBuffer _bytes = new();
    private readonly GrowingBuffer _ordered = new();
    private Slice[] _slices = [];
    private ulong _id;
    private int _held;
    private int _highest = -1;

    /// <summary>Fragments in the instruction; 0 until the last one has come.</summary>
    private int _total;
    private bool _inOrder = true;

    internal ulong Id => _id;

    /// <summary>An instruction was begun and is not complete.</summary>
    internal bool IsPending => _held != 0;

    /// <summary>Bytes held for an incomplete instruction.</summary>
    internal int PendingBytes => _bytes.Length;

    /// <summary>On Complete, the whole compressed instruction: a view of the fragment or of this object's buffers, valid until the next call.</summary>
    internal AssemblyResult Add(ReadOnlySpan<byte> fragment, out ReadOnlySpan<byte> instruction)
    {
        instruction = default;
        if (fragment.Length <= FragmentHeader.Bytes)
        {
            return AssemblyResult.Refused;
        }

        FragmentHeader header = FragmentHeader.Read(fragment);
        ReadOnlySpan<byte> slice = fragment[FragmentHeader.Bytes..];
        if (_held == 0 || header.Id != _id)
        {
            Reset(header.Id);
        }

        if (_held == 0 && header is { Number: 0, IsLast: true })
        {
            instruction = slice;
            return AssemblyResult.Complete;
        }

        if (header.Number < _slices.Length && _slices[header.Number].Length > 0)
        {
            return AddAgain(header, slice);
        }

        if (Contradicts(header))
        {
            return AssemblyResult.Refused;
        }

        if (_bytes.Length + slice.Length > SspLimits.AssemblyBytesMax)
        {
            Reset(header.Id);
            return AssemblyResult.Refused;
        }

        Store(header, slice);
        if (_held != _total)
        {
            return AssemblyResult.Incomplete;
        }

        instruction = Whole();
        _held = 0;
        return AssemblyResult.Complete;
    }

    /// <summary>Forgets what was gathered.</summary>
    internal void Discard() => Reset(_id);

    private AssemblyResult AddAgain(FragmentHeader header, ReadOnlySpan<byte> slice)
    {
        Slice held = _slices[header.Number];
        bool isSame = _bytes.Written.Slice(held.Offset, held.Length).SequenceEqual(slice) && header.IsLast == (_total == header.Number + 1);
        return isSame ? AssemblyResult.Incomplete : AssemblyResult.Refused;
    }

    /// <summary>A second end, an end before something already held, or something after the end.</summary>
    private bool Contradicts(FragmentHeader header) =>
        header.IsLast ? _total != 0 || header.Number < _highest : _total != 0 && header.Number >= _total;

    private void Store(FragmentHeader header, ReadOnlySpan<byte> slice)
    {
        if (header.Number >= _slices.Length)
        {
            Array.Resize(ref _slices, Math.Min(Math.Max(Math.Max(8, _slices.Length * 2), header.Number + 1), FragmentHeader.NumberMax + 1));
        }

        _inOrder &= header.Number == _held;
        _slices[header.Number] = new Slice(_bytes.Length, slice.Length);
        _bytes.Write(slice);
        _held++;
        _highest = Math.Max(_highest, header.Number);
        _total = header.IsLast ? header.Number + 1 : _total;
    }

    private ReadOnlySpan<byte> Whole()
    {
        if (_inOrder)
        {
            return _bytes.Written;
        }

        _ordered.Clear();
        for (int i = 0; i < _total; i++)
        {
            _ordered.Write(_bytes.Written.Slice(_slices[i].Offset, _slices[i].Length));
        }

        return _ordered.Written;
    }

    private void Reset(ulong id)
    {
        _id = id;
        _held = 0;
        _total = 0;
        _inOrder = true;
        _bytes.Clear();
        if (_slices.Length > RetainedSlicesMax)
        {
            _slices = [];
        }
        else if (_highest >= 0)
        {
            _slices.AsSpan(0, _highest + 1).Clear();
        }

        _highest = -1;
    }

    private readonly record struct Slice(int Offset, int Length);
}
