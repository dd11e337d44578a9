namespace Roam.Host;

/// <summary>One file's content: block by block, what the receiver does not have.</summary>
internal sealed partial class CopySender
{
    /// <summary>In a file with holes, zeros of this length become holes again: a page, the smallest piece that file systems leave out.</summary>
    private const int HoleBytes = 4096;

    private byte[] _chunk;
    private UInt128 _zeroHash;
    private int _zeroHashLength = -1;

    // Of the file that is being sent.
    private long _same;
    private long _hole;
    private long _nextData;

    /// <summary>False: the receiver's words do not fit, or it is gone.</summary>
    private bool SendContent(SourceItem item, Answer answer)
    {
        if (answer.Id != item.Id)
        {
            return false;
        }

        if (answer.Kind == AnswerKind.Refused)
        {
            return true;
        }

        byte[] path = item.Path!;
        int flags = Libc.O_RDONLY | Libc.O_NONBLOCK | (_flags.HasFlag(CopyFlags.Links) ? Libc.O_NOFOLLOW : 0);
        int fd = _files.Open(FileSystem.Here, path, flags);
        FileStatus status = default;
        int error = fd < 0 ? fd : _files.Stat(fd, out status);
        if (error < 0 || !status.IsRegular)
        {
            _files.Close(fd);
            string text = error == -Libc.ENOENT ? "gone before its turn came" : error < 0 ? FileTrouble.Of(error) : "is another kind of file now";
            return Abandon(item.Id, path, text);
        }

        _answers.ExpectHashesOf(item.Id);
        PayloadWriter writer = new(stackalloc byte[PayloadWriter.BytesMax]);
        writer.Number(item.Id);
        writer.Number(status.Size);
        writer.Number(status.Permissions);
        writer.Times(status.Times);
        _output.Send(FrameType.Begin, writer.Written);
        if (answer.Kind == AnswerKind.CompareLater)
        {
            _output.Flush();
        }

        SipHash128 whole = new(_key);
        string trouble = SendBlocks(fd, status, item, answer, ref whole);
        FileStatus after = status;
        error = trouble.Length == 0 ? _files.Stat(fd, out after) : 0;
        _files.Close(fd);
        _answers.ExpectHashesOf(-1);
        if (trouble.Length > 0 || error < 0)
        {
            return Abandon(item.Id, path, trouble.Length > 0 ? trouble : FileTrouble.Of(error));
        }

        bool hasChanged = after.Size != status.Size || after.Times.ModificationSeconds != status.Times.ModificationSeconds
            || after.Times.ModificationNanos != status.Times.ModificationNanos;
        if (hasChanged)
        {
            _note(CopyNote.Error(path, "changed while it was copied: what was read is there, but may be neither the old nor the new; copy it again"));
        }

        writer = new PayloadWriter(stackalloc byte[PayloadWriter.BytesMax]);
        writer.Hash(whole.Result());
        _output.Send(FrameType.End, writer.Written);
        return true;
    }

    /// <summary>The receiver hears that this file does not come whole; the user hears why, unless the receiver itself stopped it (and has said so), or is gone.</summary>
    private bool Abandon(long id, byte[] path, string text)
    {
        if (!_answers.IsStopped(id) && !_answers.IsEnded && !_output.IsBroken)
        {
            _note(CopyNote.Error(path, text));
        }

        PayloadWriter writer = new(stackalloc byte[PayloadWriter.BytesMax]);
        writer.Number(id);
        _output.Send(FrameType.Abandon, writer.Written);
        return true;
    }

    /// <summary>Empty: all blocks are on their way.</summary>
    private string SendBlocks(int fd, in FileStatus status, SourceItem item, Answer answer, ref SipHash128 whole)
    {
        BlockPlan plan = item.Plan;
        long comparable = answer.Kind is AnswerKind.Compare or AnswerKind.CompareLater ? plan.Comparable(answer.CandidateBytes) : 0;
        _same = 0;
        _hole = 0;
        _nextData = 0;
        long index = 0;
        for (long position = 0; position < status.Size; index++)
        {
            int length = (int)Math.Min(plan.BlockBytes, status.Size - position);
            bool isZero = IsInHole(fd, status, position, length);
            int read = isZero ? length : Fill(fd, position, length);
            if (read < 0)
            {
                return FileTrouble.Of(read);
            }

            if (read < length)
            {
                return "became shorter while it was copied; copy it again";
            }

            UInt128 hash = isZero ? ZeroHash(length) : SipHash128.Of(_key, _chunk.AsSpan(0, length));
            whole.Append(hash);
            if (!IsThere(answer, index, comparable, plan, length, hash, out bool isThere))
            {
                return "the connection ended";
            }

            if (isThere)
            {
                SendHole();
                _same++;
            }
            else
            {
                SendSame();
                SendBlock(length, isZero, status.IsSparse);
            }

            position += length;
            if (_answers.IsStopped(item.Id) || _output.IsBroken)
            {
                return "stopped by the other side";
            }
        }

        SendHole();
        SendSame();
        return "";
    }

    /// <summary>False: hashes were promised and do not come.</summary>
    private bool IsThere(Answer answer, long index, long comparable, in BlockPlan plan, int length, UInt128 hash, out bool isThere)
    {
        isThere = false;
        if (index >= comparable)
        {
            return true;
        }

        UInt128 other = default;
        if (answer.Kind == AnswerKind.CompareLater ? !_answers.TakeHash(out other) : index >= answer.Hashes.Length)
        {
            return false;
        }

        other = answer.Kind == AnswerKind.CompareLater ? other : answer.Hashes[index];
        isThere = other == hash && plan.LengthOf(index) == length;
        return true;
    }

    private void SendBlock(int length, bool isZero, bool isSparse)
    {
        if (isZero)
        {
            _hole += length;
            return;
        }

        ReadOnlySpan<byte> rest = _chunk.AsSpan(0, length);
        while (!rest.IsEmpty)
        {
            int zeros = isSparse ? ZeroBytes(rest) : 0;
            if (zeros > 0)
            {
                _hole += zeros;
                rest = rest[zeros..];
                continue;
            }

            SendHole();
            int data = Math.Min(rest.Length, CopyLimits.ChunkBytes);
            data = isSparse ? DataBytes(rest[..data]) : data;
            _output.Send(FrameType.Data, rest[..data]);
            rest = rest[data..];
        }
    }

    /// <summary>Zeros at the start, in whole pages or up to the end.</summary>
    private static int ZeroBytes(ReadOnlySpan<byte> bytes)
    {
        int zeros = bytes.IndexOfAnyExcept((byte)0);
        return zeros < 0 ? bytes.Length : zeros / HoleBytes * HoleBytes;
    }

    /// <summary>Bytes up to the next page of zeros.</summary>
    private static int DataBytes(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(HoleBytes, bytes.Length);
        while (length < bytes.Length && bytes.Slice(length, Math.Min(HoleBytes, bytes.Length - length)).IndexOfAnyExcept((byte)0) >= 0)
        {
            length = Math.Min(length + HoleBytes, bytes.Length);
        }

        return length;
    }

    private void SendSame()
    {
        SendCount(FrameType.Same, _same);
        _same = 0;
    }

    private void SendHole()
    {
        SendCount(FrameType.Hole, _hole);
        _hole = 0;
    }

    private void SendCount(FrameType type, long count)
    {
        if (count > 0)
        {
            PayloadWriter writer = new(stackalloc byte[16]);
            writer.Number(count);
            _output.Send(type, writer.Written);
        }
    }

    /// <summary>A large hole is passed over without reading it.</summary>
    private bool IsInHole(int fd, in FileStatus status, long position, int length)
    {
        if (!status.IsSparse)
        {
            return false;
        }

        if (_nextData <= position)
        {
            long at = _files.SeekData(fd, position);
            _nextData = at == -Libc.ENXIO ? long.MaxValue : at < 0 ? position : at;
        }

        return _nextData >= position + length;
    }

    private int Fill(int fd, long position, int length)
    {
        if (_chunk.Length < length)
        {
            _chunk = new byte[length];
        }

        return _files.Read(fd, _chunk.AsSpan(0, length), position);
    }

    private UInt128 ZeroHash(int length)
    {
        if (_zeroHashLength != length)
        {
            SipHash128 hash = new(_key);
            Zeros.Append(ref hash, length);
            _zeroHash = hash.Result();
            _zeroHashLength = length;
        }

        return _zeroHash;
    }
}
