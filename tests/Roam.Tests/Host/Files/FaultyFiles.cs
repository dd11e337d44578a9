using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

/// <summary>A file system that fails as it is told.</summary>
internal sealed class FaultyFiles : FileSystem
{
    private long _written;

    /// <summary>The disk is full after so many bytes.</summary>
    public long Capacity { get; init; } = long.MaxValue;

    /// <summary>What an opening of a file whose name ends so gives.</summary>
    public (string Name, int Error) OpenFault { get; init; } = ("\0", 0);

    /// <summary>Called before a file whose name ends so is opened.</summary>
    public (string Name, Action Act) BeforeOpen { get; init; } = ("\0", static () => { });

    /// <summary>Called after the first read of a file.</summary>
    public Action? AfterRead { get; set; }

    public int RenameError { get; init; }

    public int ReadError { get; init; }

    public bool HasPunchHole { get; init; } = true;

    public override int Open(int directory, ReadOnlySpan<byte> name, int flags, int mode = 0)
    {
        string text = Encoding.UTF8.GetString(name);
        if (text.EndsWith(BeforeOpen.Name, StringComparison.Ordinal))
        {
            BeforeOpen.Act();
        }

        return text.EndsWith(OpenFault.Name, StringComparison.Ordinal) ? OpenFault.Error : base.Open(directory, name, flags, mode);
    }

    public override int Write(int fd, ReadOnlySpan<byte> bytes, long offset)
    {
        _written += bytes.Length;
        return _written > Capacity ? -Libc.ENOSPC : base.Write(fd, bytes, offset);
    }

    public override int Read(int fd, Span<byte> buffer, long offset)
    {
        int read = ReadError < 0 ? ReadError : base.Read(fd, buffer, offset);
        Action? act = AfterRead;
        AfterRead = null;
        act?.Invoke();
        return read;
    }

    public override int Rename(int directory, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) => RenameError < 0 ? RenameError : base.Rename(directory, from, to);

    public override int PunchHole(int fd, long offset, long length) => HasPunchHole ? base.PunchHole(fd, offset, length) : -Libc.EOPNOTSUPP;
}
