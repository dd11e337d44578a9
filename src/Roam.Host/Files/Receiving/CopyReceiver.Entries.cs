namespace Roam.Host;

/// <summary>What the sender announces: directories are made, links set, files looked at and answered.</summary>
internal sealed partial class CopyReceiver
{
    /// <summary>The name that an entry gets. False: it is none that may come.</summary>
    private bool TryName(ReadOnlySpan<byte> sent, bool mayBeEmpty, out TargetFolder folder, out byte[] name)
    {
        folder = _folder ?? _root!;
        name = sent.ToArray();
        bool isPlain = NameRules.IsPlain(sent) || (mayBeEmpty && sent.IsEmpty && _folder is null);
        bool isExpected = _folder is not null || Expected.Count == 0;
        for (int i = 0; i < Expected.Count && !isExpected; i++)
        {
            isExpected = Expected[i].Fits(sent);
        }

        if (!isPlain || !isExpected)
        {
            note(new CopyNote(NoteKind.Error, name, "the other side sent a name that was not asked for"));
            return false;
        }

        name = _folder is null ? _destination!.Name ?? name : name;
        return true;
    }

    private bool TakeEnter(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        uint mode = (uint)reader.Number(0xFFF);
        FileTimes times = reader.Times();
        ReadOnlySpan<byte> sent = reader.Bytes(CopyLimits.NameBytesMax);
        if (!reader.IsDone || !flags.HasFlag(CopyFlags.Recursive) || !TryName(sent, mayBeEmpty: true, out TargetFolder above, out byte[] name)
            || above.Depth >= CopyLimits.DepthMax)
        {
            return false;
        }

        if (name.Length == 0)
        {
            // Of a directory that is there already, and that the user named: as it is.
            _folder = new TargetFolder(_root, "."u8.ToArray()) { Mode = mode, Times = times };
            return true;
        }

        int parent = above.IsBroken ? -1 : _entryCursor!.Open(above);
        int error = parent;
        if (parent >= 0)
        {
            error = files.MakeDirectory(parent, name, mode | OwnerAll);
        }

        bool isNew = error == 0;
        if (error == -Libc.EEXIST)
        {
            error = files.Stat(parent, name, follow: false, out FileStatus status);
            error = error < 0 ? error : status.IsDirectory ? 0 : status.IsLink ? -Libc.ELOOP : -Libc.EEXIST;
        }

        if (error < 0 && !above.IsBroken)
        {
            note(CopyNote.Error(PathOf(above, name), error == -Libc.EEXIST ? "is no directory there" : FileTrouble.Of(error)));
        }

        _folder = new TargetFolder(above, name) { Mode = mode, Times = times, IsNew = isNew, IsBroken = error < 0 };
        return true;
    }

    private bool TakeLeave()
    {
        if (_folder is null)
        {
            return false;
        }

        _pending.Enqueue(new PendingFile(-1, _folder, [], default));
        _folder = ReferenceEquals(_folder.Parent, _root) ? null : _folder.Parent;
        return true;
    }

    /// <summary>All that is in it is there: now its mode may take away our right to write, and its time stays.</summary>
    private bool TakeFolderEnd()
    {
        if (_incoming is not null || !_pending.TryDequeue(out PendingFile? end) || !end.IsFolderEnd)
        {
            return false;
        }

        TargetFolder folder = end.Folder;
        bool preserves = flags.HasFlag(CopyFlags.Preserve);
        if (folder.IsBroken || !(preserves || folder.IsNew))
        {
            return true;
        }

        int parent = _contentCursor!.Open(folder.Parent!);
        int fd = parent < 0 ? parent : files.Open(parent, folder.Name, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
        int error = Math.Min(fd, 0);
        if (fd >= 0)
        {
            error = files.SetMode(fd, preserves ? folder.Mode : folder.Mode & PermissionMask & ~_umask);
            error = error == 0 && preserves ? files.SetTimes(fd, folder.Times) : error;
            files.Close(fd);
        }

        if (error < 0)
        {
            Complain(folder, [], error);
        }

        return true;
    }

    private bool TakeLink(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        ReadOnlySpan<byte> sent = reader.Bytes(CopyLimits.NameBytesMax);
        byte[] target = reader.Bytes(Libc.PathBytesMax - 1).ToArray();
        if (!reader.IsDone || target.Length == 0 || target.AsSpan().Contains((byte)0) || !flags.HasFlag(CopyFlags.Links)
            || !TryName(sent, mayBeEmpty: false, out TargetFolder folder, out byte[] name))
        {
            return false;
        }

        if (folder.IsBroken)
        {
            return true;
        }

        int fd = _entryCursor!.Open(folder);
        int error = fd;
        if (fd >= 0 && !(files.ReadLink(fd, name, out byte[] before) == 0 && before.AsSpan().SequenceEqual(target)))
        {
            byte[] part = PartName.Of(name);
            _ = files.Remove(fd, part);
            error = files.MakeLink(fd, part, target);
            error = error < 0 ? error : files.Rename(fd, part, name);
            if (error < 0)
            {
                _ = files.Remove(fd, part);
            }
        }

        if (error < 0)
        {
            Complain(folder, name, error);
        }

        return true;
    }

    private bool TakeFile(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long id = reader.Number();
        long size = reader.Number();
        ReadOnlySpan<byte> sent = reader.Bytes(CopyLimits.NameBytesMax);
        if (!reader.IsDone || id != _filesAnnounced || !TryName(sent, mayBeEmpty: false, out TargetFolder folder, out byte[] name))
        {
            return false;
        }

        _filesAnnounced++;
        int fd = folder.IsBroken ? -1 : _entryCursor!.Open(folder);
        if (fd < 0)
        {
            if (!folder.IsBroken)
            {
                Complain(folder, name, fd);
            }

            Reply(id, AnswerKind.Refused);
            return true;
        }

        if (Look(fd, new PendingFile(id, folder, name, BlockPlan.Of(size))) is not { } pending)
        {
            Reply(id, AnswerKind.Refused);
            return true;
        }

        _pending.Enqueue(pending);
        Reply(id, pending.Answer, pending.CandidateBytes, pending.Hashes);
        return true;
    }

    /// <summary>What is there already. Null: it stands in the way, which was said.</summary>
    private PendingFile? Look(int directory, PendingFile file)
    {
        bool exists = files.Stat(directory, file.Name, follow: false, out FileStatus status) == 0;
        if (exists && status.IsDirectory)
        {
            Complain(file.Folder, file.Name, -Libc.EISDIR);
            return null;
        }

        if (exists && !status.IsRegular && !status.IsLink)
        {
            if (status.IsStream && _destination!.Name is not null && file.Folder.Parent is null)
            {
                return file with { Candidate = CandidateKind.Stream, Answer = AnswerKind.Everything };
            }

            note(CopyNote.Error(PathOf(file.Folder, file.Name), "a device, a pipe or a socket stands there: not replaced"));
            return null;
        }

        byte[] candidate = file.Name;
        CandidateKind kind = exists && status.IsRegular ? CandidateKind.Target : CandidateKind.None;
        if (file.Plan.Size >= CopyLimits.PartBytesMin)
        {
            byte[] part = PartName.Of(file.Name);
            if (files.Stat(directory, part, follow: false, out FileStatus partStatus) == 0 && IncomingFile.IsOurs(partStatus) && partStatus.Size > 0)
            {
                (kind, candidate, status) = (CandidateKind.Part, part, partStatus);
            }
        }

        long comparable = kind == CandidateKind.None ? 0 : file.Plan.Comparable(status.Size);
        if (comparable == 0)
        {
            // An empty file for an empty file: nothing is sent, and nothing is replaced.
            return file with { Answer = AnswerKind.Everything, Candidate = kind, CandidateBytes = 0 };
        }

        if (comparable > CopyLimits.InlineHashes)
        {
            return file with { Answer = AnswerKind.CompareLater, Candidate = kind, CandidateBytes = status.Size };
        }

        int fd = files.Open(directory, candidate, Libc.O_RDONLY | Libc.O_NOFOLLOW | Libc.O_NONBLOCK);
        if (fd < 0)
        {
            return file with { Answer = AnswerKind.Everything, Candidate = kind };
        }

        UInt128[] hashes = new UInt128[comparable];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = CandidateHasher.HashOf(files, fd, file.Plan, i, key, _buffer);
        }

        files.Close(fd);
        return file with { Answer = AnswerKind.Compare, Candidate = kind, CandidateBytes = status.Size, Hashes = hashes };
    }

    private void Reply(long id, AnswerKind kind, long candidateBytes = 0, UInt128[]? hashes = null)
    {
        PayloadWriter writer = new(stackalloc byte[32 + (CopyLimits.InlineHashes * SipHash128.HashBytes)]);
        writer.Number(id);
        writer.Number((int)kind);
        if (kind is AnswerKind.Compare or AnswerKind.CompareLater)
        {
            writer.Number(candidateBytes);
        }

        if (kind == AnswerKind.Compare)
        {
            writer.Number(hashes!.Length);
            foreach (UInt128 hash in hashes)
            {
                writer.Hash(hash);
            }
        }

        output.Send(FrameType.Answer, writer.Written, mayGrow: true);
    }
}
