namespace Roam.Host;

/// <summary>The part, what it is filled from, and its way to the target's place.</summary>
internal sealed partial class IncomingFile
{
    /// <summary>
    /// What an earlier try left is written on. When that try still runs (its client was killed, and it does not know yet), it keeps its file, and we read from it: ours
    /// gets the name, and the other one's end finds that it lost it.
    /// </summary>
    private int OpenPart()
    {
        int fd = files.Open(directory, _partName, Libc.O_RDWR | Libc.O_NOFOLLOW | Libc.O_NONBLOCK);
        if (fd < 0)
        {
            return fd;
        }

        if (files.Stat(fd, out FileStatus status) < 0 || !IsOurs(status))
        {
            files.Close(fd);
            return -Libc.EACCES;
        }

        if (files.TryLock(fd))
        {
            _part = fd;
        }
        else
        {
            _source = fd;
            _sourceIsSparse = status.IsSparse;
        }

        return 0;
    }

    private int OpenSource(ReadOnlySpan<byte> name)
    {
        int fd = files.Open(directory, name, Libc.O_RDONLY | Libc.O_NOFOLLOW | Libc.O_NONBLOCK);
        if (fd >= 0 && files.Stat(fd, out FileStatus status) == 0)
        {
            _sourceIsSparse = status.IsSparse;
        }

        _source = fd;
        // Not ours to read, but ours to replace: then nothing was compared.
        return fd == -Libc.EACCES && file.Answer == AnswerKind.Everything ? 0 : fd;
    }

    private int EnsurePart()
    {
        if (_part >= 0)
        {
            return 0;
        }

        int flags = Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW;
        int fd = files.Open(directory, _partName, flags, PartMode);
        if (fd == -Libc.EEXIST)
        {
            int removed = files.Remove(directory, _partName);
            fd = removed < 0 ? removed : files.Open(directory, _partName, flags, PartMode);
        }

        if (fd is -Libc.EACCES or -Libc.EROFS or -Libc.EPERM && file.Candidate == CandidateKind.Target)
        {
            return WriteInPlace(fd);
        }

        if (fd < 0)
        {
            return fd;
        }

        _part = fd;
        _isFresh = true;
        if (Size >= CopyLimits.PartBytesMin)
        {
            _ = files.TryLock(fd);
        }

        int error = 0;
        for (long i = 0; i < _index && error == 0; i++)
        {
            _ = TryHash(i, out UInt128 hash);
            error = CopyBlock(i, hash);
        }

        return error;
    }

    /// <summary>A directory that lets us make nothing, but a file in it that lets us write: as scp writes all files.</summary>
    private int WriteInPlace(int error)
    {
        int fd = files.Open(directory, file.Name, Libc.O_WRONLY | Libc.O_NOFOLLOW | Libc.O_NONBLOCK);
        if (fd < 0)
        {
            return error;
        }

        // The hasher goes on reading ahead of us.
        _part = fd;
        _isInPlace = true;
        return 0;
    }

    /// <summary>Reads it once more: what has changed since its hash was told is not taken over.</summary>
    private int CopyBlock(long index, UInt128 hash)
    {
        _buffer ??= new byte[Math.Min(file.Plan.BlockBytes, file.Plan.Size)];
        Span<byte> block = _buffer.AsSpan(0, file.Plan.LengthOf(index));
        long at = index * file.Plan.BlockBytes;
        int read = files.Read(_source, block, at);
        if (read != block.Length || SipHash128.Of(key, block) != hash)
        {
            return read < 0 ? read : -Libc.EAGAIN;
        }

        if (_sourceIsSparse && block.IndexOfAnyExcept((byte)0) < 0)
        {
            return 0;
        }

        _writtenEnd = at + block.Length;
        return files.Write(_part, block, at);
    }

    /// <summary>All has come. Empty: the file is in its place.</summary>
    /// <param name="hash">The sender's.</param>
    /// <param name="preserves">Modes and times as they are there.</param>
    /// <param name="mask">The umask.</param>
    /// <param name="mayWait">A small new file need not be on the disk at once.</param>
    /// <param name="needsSync">It is not known to be on the disk.</param>
    public string Finish(UInt128 hash, bool preserves, uint mask, bool mayWait, out bool needsSync)
    {
        needsSync = false;
        if (_whole.Result() != hash)
        {
            return "the content does not agree with the source; copy it again";
        }

        _hasher?.Stop();
        if (file.Candidate == CandidateKind.Stream)
        {
            return "";
        }

        int error;
        if (_part < 0 && _source >= 0 && file.Candidate == CandidateKind.Target && files.Stat(_source, out FileStatus there) == 0 && there.Size == Size)
        {
            error = preserves ? SetAttributes(_source, Mode) : 0;
            return error < 0 ? FileTrouble.Of(error) : "";
        }

        error = EnsurePart();
        if (error == 0 && !(_isFresh && _writtenEnd == Size))
        {
            error = files.Truncate(_part, Size);
        }

        error = error < 0 ? error : Place(preserves, mask, mayWait, out needsSync);
        return error == -Libc.ESTALE ? "another copy of the same file took over; see to it that only one runs" : error < 0 ? FileTrouble.Of(error) : "";
    }

    private int Place(bool preserves, uint mask, bool mayWait, out bool needsSync)
    {
        const uint Permissions = 0x1FF;
        needsSync = false;
        bool exists = files.Stat(directory, file.Name, follow: false, out FileStatus before) == 0 && before.IsRegular;
        if (_isInPlace)
        {
            int set = preserves ? SetAttributes(_part, Mode) : 0;
            _isPlaced = true;
            return set < 0 ? set : files.Sync(_part);
        }

        int error = files.Stat(_part, out FileStatus part);
        if (exists && (before.UserId != part.UserId || before.GroupId != part.GroupId) && files.SetOwner(_part, before.UserId, before.GroupId) < 0)
        {
            // Another one's file in our directory becomes ours, its group stays if it can.
            _ = files.SetOwner(_part, uint.MaxValue, before.GroupId);
        }

        uint mode = preserves ? Mode : exists ? before.Mode & Permissions : Mode & Permissions & ~mask;
        error = error < 0 ? error : preserves ? SetAttributes(_part, mode) : files.SetMode(_part, mode);
        bool isLarge = Size >= CopyLimits.PartBytesMin;
        bool syncs = exists || isLarge || !mayWait;
        if (error == 0 && syncs)
        {
            error = files.Sync(_part);
        }

        if (error == 0 && isLarge && (files.Stat(directory, _partName, follow: false, out FileStatus named) < 0 || named.Identity != part.Identity))
        {
            return -Libc.ESTALE;
        }

        error = error < 0 ? error : files.Rename(directory, _partName, file.Name);
        _isPlaced = error == 0;
        needsSync = _isPlaced && !syncs;
        return error;
    }

    private int SetAttributes(int fd, uint mode)
    {
        int error = files.SetMode(fd, mode);
        return error < 0 ? error : files.SetTimes(fd, Times);
    }
}
