namespace Roam.Host;

/// <summary>
/// The end that gets the files. It trusts no name: every entry is one component beneath the directory that the user named, and no symbolic link is followed there. A file
/// grows beside its target and takes its place when all of it agrees. It never waits for its own words to be sent while content comes in, so two full pipes cannot block
/// each other.
/// </summary>
internal sealed partial class CopyReceiver(FileSystem files, FrameInput input, FrameOutput output, CopyFlags flags, byte[] key, Action<CopyNote> note) : IDisposable
{
    private const uint OwnerAll = 0x1C0; // u+rwx, octal 700
    private const uint PermissionMask = 0x1FF; // without set-id and sticky, octal 777

    private readonly Queue<PendingFile> _pending = new();
    private readonly uint _umask = CurrentMask();
    private readonly byte[] _buffer = new byte[CopyLimits.ChunkBytes];
    private Destination? _destination;
    private FolderCursor? _entryCursor;
    private FolderCursor? _contentCursor;
    private TargetFolder? _folder;
    private TargetFolder? _root;
    private IncomingFile? _incoming;
    private long _filesAnnounced;
    private long _filesPlaced;
    private bool _needsSync;

    /// <summary>What may come at the top; empty: anything plain.</summary>
    public List<ExpectedName> Expected { get; } = [];

    /// <summary>False: the connection ended, or the sender does not keep to the rules, before all was in its place.</summary>
    public bool Run(byte[] destination)
    {
        while (true)
        {
            if (!input.HasMore)
            {
                output.Flush();
            }

            if (!input.Next(out FrameType type, out ReadOnlySpan<byte> payload))
            {
                DropIncoming();
                return false;
            }

            if (type == FrameType.Finish)
            {
                return Finish();
            }

            if (_destination is null && type is not (FrameType.Note or FrameType.Census))
            {
                if (!TryOpen(type, payload, destination))
                {
                    return false;
                }
            }
            else if (!Handle(type, payload))
            {
                DropIncoming();
                note(CopyNote.Fatal("the other side sent what makes no sense; stopped"));
                return false;
            }
        }
    }

    public void Dispose()
    {
        DropIncoming();
        _entryCursor?.Dispose();
        _contentCursor?.Dispose();
        files.Close(_destination?.Root ?? -1);
    }

    private static uint CurrentMask()
    {
        uint mask = Libc.umask(0);
        _ = Libc.umask(mask);
        return mask;
    }

    private bool TryOpen(FrameType type, ReadOnlySpan<byte> payload, byte[] destination)
    {
        PayloadReader reader = new(payload);
        long roots = reader.Number();
        if (type != FrameType.Roots || !reader.IsDone)
        {
            note(CopyNote.Fatal("the other side sent what makes no sense; stopped"));
            return false;
        }

        _destination = Destination.Find(files, destination, flags, roots > 1);
        if (_destination.Trouble.Length > 0)
        {
            note(new CopyNote(NoteKind.Fatal, _destination.Path, _destination.Trouble));
            return false;
        }

        _entryCursor = new FolderCursor(files, _destination.Root);
        _contentCursor = new FolderCursor(files, _destination.Root);
        _root = new TargetFolder(null, []);
        return true;
    }

    /// <summary>False: no sender of ours says this here.</summary>
    private bool Handle(FrameType type, ReadOnlySpan<byte> payload)
    {
        if (_pending.Count > CopyLimits.WindowEntries)
        {
            return false;
        }

        switch (type)
        {
            case FrameType.Enter:
                return TakeEnter(payload);
            case FrameType.Leave:
                return TakeLeave();
            case FrameType.File:
                return TakeFile(payload);
            case FrameType.Link:
                return TakeLink(payload);
            case FrameType.Begin:
                return TakeBegin(payload);
            case FrameType.Data:
                return TakeData(payload);
            case FrameType.Same:
                return TakeSame(payload);
            case FrameType.Hole:
                return TakeHole(payload);
            case FrameType.End:
                return TakeEnd(payload);
            case FrameType.Abandon:
                return TakeAbandon(payload);
            case FrameType.DirectoryDone:
                return TakeFolderEnd();
            case FrameType.Note:
                if (CopyNote.Read(payload) is { } told)
                {
                    note(told);
                }

                return true;
            case FrameType.Census:
                return true;
            default:
                return false;
        }
    }

    private bool Finish()
    {
        if (_pending.Count > 0 || _folder is not null || _incoming is not null)
        {
            note(CopyNote.Fatal("the other side ended in the middle; stopped"));
            return false;
        }

        if (_needsSync && _destination is { } destination)
        {
            // syncfs does not take an O_PATH descriptor.
            int fd = files.Open(destination.Root, "."u8, Libc.O_RDONLY | Libc.O_DIRECTORY);
            int error = fd < 0 ? 0 : files.SyncAll(fd);
            files.Close(fd);
            if (error < 0)
            {
                note(CopyNote.Error(destination.Path, "not all is on the disk: " + FileTrouble.Of(error)));
            }
        }

        output.Send(FrameType.Finished, default, mayGrow: true);
        output.Flush();
        return true;
    }

    /// <summary>Where something is, for people.</summary>
    private byte[] PathOf(TargetFolder folder, ReadOnlySpan<byte> name)
    {
        byte[] path = NameRules.Join(folder.Name, name);
        for (TargetFolder? above = folder.Parent; above is not null; above = above.Parent)
        {
            path = NameRules.Join(above.Name, path);
        }

        return NameRules.Join(_destination!.Path, path);
    }

    private void Complain(TargetFolder folder, ReadOnlySpan<byte> name, int error) => note(CopyNote.Error(PathOf(folder, name), FileTrouble.Of(error)));
}
