namespace Roam.Host;

/// <summary>Where it all goes: a directory that is there, or one name in one.</summary>
/// <param name="Root">Descriptor of the directory (O_PATH); minus an errno when there is none.</param>
/// <param name="Path">The directory as the user wrote it, for messages.</param>
/// <param name="Name">Null: entries keep their own names.</param>
/// <param name="Trouble">Empty when all is well.</param>
internal sealed record Destination(int Root, byte[] Path, byte[]? Name, string Trouble)
{
    public static Destination Find(FileSystem files, ReadOnlySpan<byte> word, CopyFlags flags, bool isForSeveral)
    {
        byte[] path = flags.HasFlag(CopyFlags.Expand) ? WordExpansion.Home(word) : word.ToArray();
        int root = files.Open(FileSystem.Here, path, Libc.O_PATH | Libc.O_DIRECTORY);
        if (root >= 0)
        {
            return new Destination(root, path, null, "");
        }

        if (root != -Libc.ENOENT && root != -Libc.ENOTDIR)
        {
            return Failed(root, path, FileTrouble.Of(root));
        }

        if (isForSeveral || flags.HasFlag(CopyFlags.IntoDirectory))
        {
            return Failed(root, path, "must be a directory, for several files go into it; make it first");
        }

        bool isFile = files.Stat(FileSystem.Here, path, follow: false, out FileStatus status) == 0;
        if (isFile && path[^1] == (byte)'/')
        {
            return Failed(root, path, "is no directory");
        }

        // A link that the user named is followed, as by cp: what it leads to is replaced, not the link.
        if (isFile && status.IsLink)
        {
            if (files.Resolve(path) is not { } resolved)
            {
                return Failed(root, path, "a symbolic link that leads nowhere; remove it, or make what it leads to");
            }

            path = resolved;
        }

        byte[] folder = NameRules.Parent(path).ToArray();
        byte[] name = NameRules.Last(path).ToArray();
        root = files.Open(FileSystem.Here, folder, Libc.O_PATH | Libc.O_DIRECTORY);
        return root < 0
            ? Failed(root, path, root == -Libc.ENOENT ? "its directory does not exist; make it first" : FileTrouble.Of(root))
            : name.Length == 0
                ? Failed(-Libc.ENOENT, path, "no such directory")
                : new Destination(root, folder.AsSpan().SequenceEqual("."u8) ? [] : folder, name, "");
    }

    private static Destination Failed(int error, byte[] path, string trouble) => new(error, path, null, trouble);
}
