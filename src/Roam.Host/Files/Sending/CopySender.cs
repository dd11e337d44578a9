namespace Roam.Host;

/// <summary>
/// The end that has the files. It announces what the walk meets, up to a window ahead, takes the receiver's answers as they come, and sends the contents in the order of
/// the announcements: no file waits for a round trip of its own.
/// </summary>
internal sealed partial class CopySender
{
    /// <summary>Announcements in a row while a content could be sent: the receiver always has some to answer, and large files do not starve.</summary>
    private const int BurstEntries = 64;

    private readonly FileSystem _files;
    private readonly FrameOutput _output;
    private readonly CopyFlags _flags;
    private readonly Action<CopyNote> _note;
    private readonly byte[] _key;
    private readonly AnswerBox _answers;
    private readonly Queue<SourceItem> _items = new();
    private long _filesAnnounced;

    public CopySender(FileSystem files, FrameInput input, FrameOutput output, CopyFlags flags, byte[] key, Action<CopyNote> note)
    {
        _files = files;
        _output = output;
        _flags = flags;
        _key = key;
        _note = note;
        _chunk = new byte[CopyLimits.ChunkBytes];
        _answers = new AnswerBox(input, note);
    }

    /// <summary>False: the connection ended before the receiver had all.</summary>
    public bool Run(List<byte[]> words)
    {
        List<byte[]> roots = [];
        foreach (byte[] word in words)
        {
            if (_flags.HasFlag(CopyFlags.Expand))
            {
                roots.AddRange(WordExpansion.Expand(_files, WordExpansion.Home(word)));
            }
            else
            {
                roots.Add(word);
            }
        }

        PayloadWriter writer = new(stackalloc byte[PayloadWriter.BytesMax]);
        writer.Number(roots.Count);
        _output.Send(FrameType.Roots, writer.Written);
        if (_flags.HasFlag(CopyFlags.Census))
        {
            SourceCensus.Start(_files, _flags, roots, _output);
        }

        using SourceWalk walk = new(_files, _flags, roots, _note);
        if (!SendAll(walk))
        {
            return false;
        }

        _output.Send(FrameType.Finish, default);
        _output.Flush();
        return _answers.WaitForFinish();
    }

    private bool SendAll(SourceWalk walk)
    {
        bool walkEnded = false;
        int burst = 0;
        while (!_answers.IsEnded && !_output.IsBroken)
        {
            bool isHeadReady = _items.TryPeek(out SourceItem? head) && (head.IsFolderEnd || _answers.HasAnswer);
            if (!walkEnded && _items.Count < CopyLimits.WindowEntries && (!isHeadReady || burst < BurstEntries))
            {
                walkEnded = !Announce(walk);
                burst++;
                continue;
            }

            if (head is null)
            {
                return walkEnded;
            }

            burst = 0;
            if (!isHeadReady)
            {
                _output.Flush();
            }

            _ = _items.Dequeue();
            if (head.IsFolderEnd)
            {
                _output.Send(FrameType.DirectoryDone, default);
            }
            else if (_answers.Take() is not { } answer || !SendContent(head, answer))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>False: there is nothing more.</summary>
    private bool Announce(SourceWalk walk)
    {
        SourceStep step = walk.Next();
        PayloadWriter writer = new(stackalloc byte[PayloadWriter.BytesMax]);
        FileStatus status = walk.Status;
        switch (step)
        {
            case SourceStep.Enter:
                writer.Number(status.Permissions);
                writer.Times(status.Times);
                writer.Bytes(walk.Name);
                _output.Send(FrameType.Enter, writer.Written);
                break;
            case SourceStep.Leave:
                _output.Send(FrameType.Leave, default);
                _items.Enqueue(new SourceItem(-1, null, default));
                break;
            case SourceStep.Link:
                writer.Bytes(walk.Name);
                writer.Bytes(walk.LinkTarget);
                _output.Send(FrameType.Link, writer.Written);
                break;
            case SourceStep.File:
                writer.Number(_filesAnnounced);
                writer.Number(status.Size);
                writer.Bytes(walk.Name);
                _output.Send(FrameType.File, writer.Written);
                _items.Enqueue(new SourceItem(_filesAnnounced++, walk.Path, BlockPlan.Of(status.Size)));
                break;
        }

        return step != SourceStep.End;
    }
}
