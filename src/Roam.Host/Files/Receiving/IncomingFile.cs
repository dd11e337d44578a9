namespace Roam.Host;

/// <summary>
/// A file that is coming in: its blocks are hashed as they are put together, in the part beside the target, which is made at the first difference and takes the target's
/// place at the end. Errors are minus the errno.
/// </summary>
internal sealed partial class IncomingFile(FileSystem files, PendingFile file, int directory, byte[] key) : IDisposable
{
    private const int PartMode = 0x180; // u+rw: nobody else reads what is not whole

    private readonly byte[] _partName = PartName.Of(file.Name);
    private byte[]? _buffer;
    private SipHash128 _block = new(key);
    private SipHash128 _whole = new(key);
    private CandidateHasher? _hasher;
    private int _part = -1;
    private int _source = -1;
    private bool _sourceIsSparse;
    private bool _isFresh;
    private bool _isInPlace;
    private bool _isPlaced;
    private long _index;
    private int _blockFill;
    private long _position;
    private long _writtenEnd;

    public PendingFile File => file;

    public required long Size { get; init; }

    public required uint Mode { get; init; }

    public required FileTimes Times { get; init; }

    /// <summary>Given up: what still comes is not looked at.</summary>
    public bool IsFailed { get; set; }

    /// <summary>Bytes that may still come.</summary>
    public long Left => Size - _position;

    public bool IsComplete => _position == Size;

    /// <summary>A file that nobody else may have planted: regular, ours, with one name.</summary>
    public static bool IsOurs(in FileStatus status) => status.IsRegular && status.UserId == Libc.geteuid() && status.Links == 1;

    /// <summary>Opens what is to be compared with, and begins to tell its hashes where they were not told yet.</summary>
    public int Begin(FrameOutput output)
    {
        int error = file.Candidate switch
        {
            CandidateKind.Stream => _part = files.Open(directory, file.Name, Libc.O_WRONLY),
            CandidateKind.Part => OpenPart(),
            CandidateKind.Target => OpenSource(file.Name),
            _ => 0,
        };
        if (error >= 0 && file.Answer == AnswerKind.CompareLater)
        {
            _hasher = new CandidateHasher(files, output, _part >= 0 ? _part : _source, file, key);
        }

        return Math.Min(error, 0);
    }

    /// <summary>So many blocks are as we have them. False: that was not ours to agree to.</summary>
    public bool TrySame(long count, out int error)
    {
        error = 0;
        for (; count > 0; count--)
        {
            int length = (int)Math.Min(file.Plan.BlockBytes, Left);
            if (_blockFill > 0 || length == 0 || !TryHash(_index, out UInt128 hash) || file.Plan.LengthOf(_index) != length)
            {
                return false;
            }

            if (_part >= 0 && _source >= 0 && !_isInPlace && error == 0)
            {
                error = CopyBlock(_index, hash);
            }

            _whole.Append(hash);
            _index++;
            _position += length;
        }

        return true;
    }

    /// <summary>At most <see cref="Left"/> bytes.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int error = EnsurePart();
        if (error < 0)
        {
            return error;
        }

        error = file.Candidate == CandidateKind.Stream ? files.WriteOn(_part, bytes) : files.Write(_part, bytes, _position);
        _writtenEnd = _position + bytes.Length;
        while (!bytes.IsEmpty)
        {
            int piece = (int)Math.Min(bytes.Length, BlockLeft());
            _block.Append(bytes[..piece]);
            Advance(piece);
            bytes = bytes[piece..];
        }

        return error;
    }

    /// <summary>At most <see cref="Left"/> bytes of zeros, which take no room.</summary>
    public int Hole(long length)
    {
        int error = EnsurePart();
        if (error == 0 && file.Candidate == CandidateKind.Stream)
        {
            error = PourZeros(length);
        }
        else if (error == 0 && !_isFresh)
        {
            error = Clear(length);
        }

        while (length > 0)
        {
            long piece = Math.Min(length, BlockLeft());
            Zeros.Append(ref _block, piece);
            Advance((int)piece);
            length -= piece;
        }

        return error;
    }

    public void Dispose()
    {
        _hasher?.Stop();
        files.Close(_part);
        files.Close(_source);
        bool isWorthKeeping = Size >= CopyLimits.PartBytesMin;
        if (_part >= 0 && !_isPlaced && !_isInPlace && file.Candidate != CandidateKind.Stream && !isWorthKeeping)
        {
            _ = files.Remove(directory, _partName);
        }

        _part = -1;
        _source = -1;
    }

    private long BlockLeft() => Math.Min(file.Plan.BlockBytes - _blockFill, Left);

    private void Advance(int bytes)
    {
        _position += bytes;
        _blockFill += bytes;
        if (_blockFill == file.Plan.BlockBytes || _position == Size)
        {
            _whole.Append(_block.Result());
            _block = new SipHash128(key);
            _blockFill = 0;
            _index++;
        }
    }

    private bool TryHash(long index, out UInt128 hash)
    {
        if (_hasher is not null)
        {
            return _hasher.TryGet(index, out hash);
        }

        hash = index < file.Hashes.Length ? file.Hashes[index] : default;
        return index < file.Hashes.Length;
    }

    private int PourZeros(long length)
    {
        int error = 0;
        while (length > 0 && error == 0)
        {
            int piece = (int)Math.Min(length, Zeros.Bytes.Length);
            error = files.WriteOn(_part, Zeros.Bytes[..piece]);
            length -= piece;
        }

        return error;
    }

    /// <summary>What an earlier try left there becomes a hole, or zeros where the file system knows no holes.</summary>
    private int Clear(long length)
    {
        int error = files.PunchHole(_part, _position, length);
        if (error is not (-Libc.EOPNOTSUPP or -Libc.ENOSYS or -Libc.EINVAL))
        {
            return error;
        }

        error = 0;
        for (long done = 0; done < length && error == 0; done += Zeros.Bytes.Length)
        {
            error = files.Write(_part, Zeros.Bytes[..(int)Math.Min(length - done, Zeros.Bytes.Length)], _position + done);
        }

        return error;
    }
}
