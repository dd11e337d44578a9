namespace Roam.Host;

/// <summary>Goes through the sources and all that is in them, one step at a time, keeping open only the directories on its way.</summary>
internal sealed class SourceWalk(FileSystem files, CopyFlags flags, List<byte[]> roots, Action<CopyNote> note) : IDisposable
{
    private SourceFolder? _folder;
    private int _nextRoot;

    /// <summary>Of the entry that was met: where it is, what it is called at the target (empty: its content goes right into the target), what it is.</summary>
    public byte[] Path { get; private set; } = [];

    public byte[] Name { get; private set; } = [];

    public byte[] LinkTarget { get; private set; } = [];

    public FileStatus Status { get; private set; }

    public SourceStep Next()
    {
        while (true)
        {
            if (_folder is { } folder)
            {
                if (folder.Entries.Next() is not { } name)
                {
                    folder.Entries.Dispose();
                    _folder = folder.Parent;
                    return SourceStep.Leave;
                }

                Name = name;
                Path = NameRules.Join(folder.Path, name);
            }
            else if (_nextRoot < roots.Count)
            {
                Path = roots[_nextRoot++];
                Name = NameRules.Last(Path).ToArray();
            }
            else
            {
                return SourceStep.End;
            }

            if (TryTake(out SourceStep step))
            {
                return step;
            }
        }
    }

    public void Dispose()
    {
        for (; _folder is not null; _folder = _folder.Parent)
        {
            _folder.Entries.Dispose();
        }
    }

    private bool TryTake(out SourceStep step)
    {
        step = SourceStep.File;
        int error = files.Stat(FileSystem.Here, Path, !flags.HasFlag(CopyFlags.Links), out FileStatus status);
        Status = status;
        if (error < 0)
        {
            return Refuse(error == -Libc.ENOENT && _folder is not null ? "a symbolic link that leads nowhere, or gone meanwhile" : FileTrouble.Of(error));
        }

        if (status.IsDirectory)
        {
            step = SourceStep.Enter;
            return TryEnter(status);
        }

        if (status.IsLink)
        {
            step = SourceStep.Link;
            error = files.ReadLink(FileSystem.Here, Path, out byte[] target);
            LinkTarget = target;
            return error == 0 || Refuse(FileTrouble.Of(error));
        }

        if (!status.IsRegular)
        {
            return Refuse("a device, a pipe or a socket: not copied");
        }

        return Name.Length > 0 || Refuse("is no directory");
    }

    private bool TryEnter(in FileStatus status)
    {
        if (!flags.HasFlag(CopyFlags.Recursive))
        {
            return Refuse("is a directory: copy it with -r");
        }

        if (_folder?.IsWithin(status.Identity) == true)
        {
            return Refuse("a symbolic link into a directory above itself: not followed (--links copies it as a link)");
        }

        if (_folder?.Depth >= CopyLimits.DepthMax)
        {
            return Refuse("more than 250 directories in each other: not copied");
        }

        if (files.List(Path, out int error) is not { } entries)
        {
            return Refuse(FileTrouble.Of(error));
        }

        _folder = new SourceFolder(_folder, Path, status.Identity, entries);
        return true;
    }

    private bool Refuse(string text)
    {
        note(CopyNote.Error(Path, text));
        return false;
    }
}
