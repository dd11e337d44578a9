namespace Roam.Host;

/// <summary>What an errno means to whoever copies files, and what to do about it.</summary>
internal static class FileTrouble
{
    public const string GoesOn = "the same command goes on where it stopped";

    /// <summary>error: minus the errno.</summary>
    public static string Of(int error) => -error switch
    {
        Libc.ENOSPC => "no space left there; make room, then " + GoesOn,
        Libc.EDQUOT => "disk quota exceeded; make room, then " + GoesOn,
        Libc.EACCES => "permission denied",
        Libc.EPERM => "not permitted",
        Libc.ENOENT => "no such file or directory",
        Libc.ENOTDIR => "a part of the path is no directory",
        Libc.EISDIR => "is a directory there",
        Libc.ENAMETOOLONG => "the name is too long for that file system; give it a shorter one",
        Libc.EROFS => "that file system is read-only",
        Libc.ELOOP => "a symbolic link stands there, which is not followed; remove it, or copy to where it leads",
        Libc.EFBIG => "too large for that file system",
        Libc.EMFILE => "too many open files",
        Libc.EINVAL => "that file system does not take such a name",
        Libc.EIO => "the disk failed to read or write (input/output error)",
        int errno => Libc.ErrorText(errno),
    };
}
