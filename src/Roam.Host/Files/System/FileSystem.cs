namespace Roam.Host;

/// <summary>
/// The system calls of a copy. Every one returns its result or minus the errno. Virtual, so that a test can be a full disk or a file that vanishes. A name is bytes
/// without the closing zero, under a directory descriptor or <see cref="Libc.AT_FDCWD"/>.
/// </summary>
internal unsafe class FileSystem
{
    public const int Here = Libc.AT_FDCWD;

    private const long NanosPerSecond = 1_000_000_000;

    public virtual int Open(int directory, ReadOnlySpan<byte> name, int flags, int mode = 0)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        return Terminate(name, path) ? Result(Libc.openat(directory, path, flags | Libc.O_CLOEXEC | Libc.O_NOCTTY, mode)) : -Libc.ENAMETOOLONG;
    }

    public virtual void Close(int fd)
    {
        if (fd >= 0)
        {
            _ = Libc.close(fd);
        }
    }

    /// <summary>An empty name: the descriptor itself.</summary>
    public virtual int Stat(int directory, ReadOnlySpan<byte> name, bool follow, out FileStatus status)
    {
        Libc.Statx found;
        byte* path = stackalloc byte[Libc.PathBytesMax];
        if (!Terminate(name, path))
        {
            status = default;
            return -Libc.ENAMETOOLONG;
        }

        int flags = (follow ? 0 : Libc.AT_SYMLINK_NOFOLLOW) | (name.IsEmpty ? Libc.AT_EMPTY_PATH : 0);
        int result = Result(Libc.statx(directory, path, flags, &found));
        status = result < 0
            ? default
            : new FileStatus(
                found.Mode,
                (long)found.Size,
                (long)found.Blocks * 512,
                new FileTimes(found.Accessed.Seconds, found.Accessed.Nanos, found.Modified.Seconds, found.Modified.Nanos),
                new FileIdentity(found.DeviceMajor, found.DeviceMinor, found.Inode),
                found.UserId,
                found.GroupId,
                found.Links,
                (found.Changed.Seconds * NanosPerSecond) + found.Changed.Nanos);
        return result;
    }

    public int Stat(int fd, out FileStatus status) => Stat(fd, default, true, out status);

    /// <summary>As many bytes as there are, up to the buffer's length.</summary>
    public virtual int Read(int fd, Span<byte> buffer, long offset)
    {
        int done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                nint n = Libc.pread(fd, start + done, buffer.Length - done, offset + done);
                if (n < 0 && Libc.Errno == Libc.EINTR)
                {
                    continue;
                }

                if (n < 0)
                {
                    return -Libc.Errno;
                }

                if (n == 0)
                {
                    break;
                }

                done += (int)n;
            }
        }

        return done;
    }

    /// <summary>All of it, or an error.</summary>
    public virtual int Write(int fd, ReadOnlySpan<byte> bytes, long offset)
    {
        int done = 0;
        fixed (byte* start = bytes)
        {
            while (done < bytes.Length)
            {
                nint n = Libc.pwrite(fd, start + done, bytes.Length - done, offset + done);
                if (n < 0 && Libc.Errno == Libc.EINTR)
                {
                    continue;
                }

                if (n <= 0)
                {
                    return n < 0 ? -Libc.Errno : -Libc.ENOSPC;
                }

                done += (int)n;
            }
        }

        return 0;
    }

    /// <summary>To a pipe or a device, which have no offset.</summary>
    public virtual int WriteOn(int fd, ReadOnlySpan<byte> bytes) => Libc.WriteAll(fd, bytes) ? 0 : -Libc.Errno;

    /// <summary>Where the next bytes that are no hole begin; -ENXIO: nowhere.</summary>
    public virtual long SeekData(int fd, long offset) => Libc.lseek(fd, offset, Libc.SEEK_DATA) is var at and >= 0 ? at : -Libc.Errno;

    public virtual int Truncate(int fd, long length) => Result(Libc.ftruncate(fd, length));

    public virtual int PunchHole(int fd, long offset, long length) =>
        Result(Libc.fallocate(fd, Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE, offset, length));

    public virtual int Sync(int fd) => Result(Libc.fsync(fd));

    /// <summary>The whole file system that the descriptor is on.</summary>
    public virtual int SyncAll(int fd) => Result(Libc.syncfs(fd));

    public virtual bool TryLock(int fd) => Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB) == 0;

    public virtual int SetMode(int fd, uint mode) => Result(Libc.fchmod(fd, mode));

    public virtual int SetOwner(int fd, uint user, uint group) => Result(Libc.fchown(fd, user, group));

    public virtual int SetTimes(int fd, in FileTimes times)
    {
        Libc.TimeSpec* both = stackalloc Libc.TimeSpec[2];
        both[0] = new Libc.TimeSpec { Seconds = times.AccessSeconds, Nanos = times.AccessNanos };
        both[1] = new Libc.TimeSpec { Seconds = times.ModificationSeconds, Nanos = times.ModificationNanos };
        return Result(Libc.futimens(fd, both));
    }

    public virtual int MakeDirectory(int directory, ReadOnlySpan<byte> name, uint mode)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        return Terminate(name, path) ? Result(Libc.mkdirat(directory, path, mode)) : -Libc.ENAMETOOLONG;
    }

    public virtual int Remove(int directory, ReadOnlySpan<byte> name)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        return Terminate(name, path) ? Result(Libc.unlinkat(directory, path, 0)) : -Libc.ENAMETOOLONG;
    }

    /// <summary>Within one directory.</summary>
    public virtual int Rename(int directory, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        byte* fromPath = stackalloc byte[Libc.PathBytesMax];
        byte* toPath = stackalloc byte[Libc.PathBytesMax];
        return Terminate(from, fromPath) && Terminate(to, toPath) ? Result(Libc.renameat(directory, fromPath, directory, toPath)) : -Libc.ENAMETOOLONG;
    }

    public virtual int MakeLink(int directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        byte* targetPath = stackalloc byte[Libc.PathBytesMax];
        return Terminate(name, path) && Terminate(target, targetPath) ? Result(Libc.symlinkat(targetPath, directory, path)) : -Libc.ENAMETOOLONG;
    }

    public virtual int ReadLink(int directory, ReadOnlySpan<byte> name, out byte[] target)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        byte* buffer = stackalloc byte[Libc.PathBytesMax];
        target = [];
        if (!Terminate(name, path))
        {
            return -Libc.ENAMETOOLONG;
        }

        nint n = Libc.readlinkat(directory, path, buffer, Libc.PathBytesMax);
        if (n < 0)
        {
            return -Libc.Errno;
        }

        target = new ReadOnlySpan<byte>(buffer, (int)n).ToArray();
        return 0;
    }

    /// <summary>The path without symbolic links. Null: it does not exist.</summary>
    public virtual byte[]? Resolve(ReadOnlySpan<byte> name)
    {
        byte* path = stackalloc byte[Libc.PathBytesMax];
        byte* buffer = stackalloc byte[Libc.PathBytesMax];
        if (!Terminate(name, path) || Libc.realpath(path, buffer) == null)
        {
            return null;
        }

        return System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer).ToArray();
    }

    /// <summary>Null: error is minus the errno.</summary>
    public virtual DirectoryEntries? List(ReadOnlySpan<byte> path, out int error)
    {
        int fd = Open(Here, path, Libc.O_RDONLY | Libc.O_DIRECTORY);
        error = Math.Min(fd, 0);
        if (fd < 0)
        {
            return null;
        }

        nint stream = Libc.fdopendir(fd);
        if (stream != 0)
        {
            return new DirectoryEntries(stream);
        }

        error = -Libc.Errno;
        Close(fd);
        return null;
    }

    private static int Result(int value) => value < 0 ? -Libc.Errno : value;

    private static bool Terminate(ReadOnlySpan<byte> name, byte* path)
    {
        if (name.Length >= Libc.PathBytesMax)
        {
            return false;
        }

        name.CopyTo(new Span<byte>(path, Libc.PathBytesMax));
        path[name.Length] = 0;
        return true;
    }
}
