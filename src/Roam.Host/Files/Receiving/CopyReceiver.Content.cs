namespace Roam.Host;

/// <summary>What is in the files, in the order in which they were announced.</summary>
internal sealed partial class CopyReceiver
{
    private bool TakeBegin(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long id = reader.Number();
        long size = reader.Number();
        uint mode = (uint)reader.Number(0xFFF);
        FileTimes times = reader.Times();
        if (!reader.IsDone || _incoming is not null || !_pending.TryDequeue(out PendingFile? pending) || pending.Id != id)
        {
            return false;
        }

        int directory = _contentCursor!.Open(pending.Folder);
        _incoming = new IncomingFile(files, pending, directory, key) { Size = size, Mode = mode, Times = times };
        Judge(directory < 0 ? directory : _incoming.Begin(output));
        return true;
    }

    private bool TakeData(ReadOnlySpan<byte> payload)
    {
        if (_incoming is not { } incoming || payload.Length > incoming.Left)
        {
            return _incoming is { IsFailed: true };
        }

        Judge(incoming.IsFailed ? 0 : incoming.Write(payload));
        return true;
    }

    private bool TakeSame(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long count = reader.Number();
        if (!reader.IsDone || _incoming is not { } incoming)
        {
            return false;
        }

        if (incoming.IsFailed)
        {
            return true;
        }

        bool isGood = incoming.TrySame(count, out int error);
        Judge(error);
        return isGood;
    }

    private bool TakeHole(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long length = reader.Number();
        if (!reader.IsDone || _incoming is not { } incoming || length > incoming.Left)
        {
            return _incoming is { IsFailed: true };
        }

        Judge(incoming.IsFailed ? 0 : incoming.Hole(length));
        return true;
    }

    private bool TakeEnd(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        UInt128 hash = reader.Hash();
        if (!reader.IsDone || _incoming is not { } incoming)
        {
            return false;
        }

        if (!incoming.IsFailed)
        {
            if (!incoming.IsComplete)
            {
                return false;
            }

            string trouble = incoming.Finish(hash, flags.HasFlag(CopyFlags.Preserve), _umask, _filesPlaced++ >= CopyLimits.SyncsOfSmallFiles, out bool needsSync);
            _needsSync |= needsSync;
            if (trouble.Length > 0)
            {
                note(CopyNote.Error(PathOf(incoming.File.Folder, incoming.File.Name), trouble));
            }
        }

        DropIncoming();
        return true;
    }

    /// <summary>The sender gives a file up, before or after it has begun; what has come stays for the next try.</summary>
    private bool TakeAbandon(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long id = reader.Number();
        if (!reader.IsDone)
        {
            return false;
        }

        if (_incoming is { } incoming)
        {
            DropIncoming();
            return incoming.File.Id == id;
        }

        return _pending.TryDequeue(out PendingFile? pending) && pending.Id == id && !pending.IsFolderEnd;
    }

    /// <summary>After an error the file is given up: the user and the sender hear of it once.</summary>
    private void Judge(int error)
    {
        if (error >= 0 || _incoming is not { IsFailed: false } incoming)
        {
            return;
        }

        incoming.IsFailed = true;
        byte[] path = PathOf(incoming.File.Folder, incoming.File.Name);
        note(CopyNote.Error(path, error == -Libc.EAGAIN ? "changed while it was compared; copy it again" : FileTrouble.Of(error)));
        PayloadWriter writer = new(stackalloc byte[16]);
        writer.Number(incoming.File.Id);
        output.Send(FrameType.Stop, writer.Written, mayGrow: true);
        output.Flush();
    }

    private void DropIncoming()
    {
        _incoming?.Dispose();
        _incoming = null;
    }
}
