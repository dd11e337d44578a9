namespace Roam.Host;

/// <summary>Reads what the receiver has of a large file and tells the sender the hashes of its blocks, on a thread of its own while content comes in.</summary>
internal sealed class CandidateHasher
{
    private const int HashesPerFrame = 64;

    /// <summary>Hashes wait for the line; the answers of the receiver come first.</summary>
    private const int QueueBytes = 64 * 1024;

    private readonly FileSystem _files;
    private readonly FrameOutput _output;
    private readonly int _fd;
    private readonly long _id;
    private readonly BlockPlan _plan;
    private readonly byte[] _key;
    private readonly UInt128[] _hashes;
    private readonly Thread _thread;
    private int _done;
    private bool _isCancelled;

    public CandidateHasher(FileSystem files, FrameOutput output, int fd, PendingFile file, byte[] key)
    {
        _files = files;
        _output = output;
        _fd = fd;
        _id = file.Id;
        _plan = file.Plan;
        _key = key;
        _hashes = new UInt128[file.Plan.Comparable(file.CandidateBytes)];
        _thread = new Thread(Run) { IsBackground = true, Name = "hasher" };
        _thread.Start();
    }

    /// <summary>False: this block's hash was not told to the sender.</summary>
    public bool TryGet(long index, out UInt128 hash)
    {
        bool isKnown = index < Volatile.Read(ref _done);
        hash = isKnown ? _hashes[index] : default;
        return isKnown;
    }

    /// <summary>Ends within a block's time; the descriptor may be closed afterwards.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isCancelled, true);
        _thread.Join();
    }

    public static UInt128 HashOf(FileSystem files, int fd, in BlockPlan plan, long index, byte[] key, byte[] buffer)
    {
        int length = plan.LengthOf(index);
        // What cannot be read agrees with nothing.
        return files.Read(fd, buffer.AsSpan(0, length), index * plan.BlockBytes) == length ? SipHash128.Of(key, buffer.AsSpan(0, length)) : default;
    }

    private void Run()
    {
        byte[] buffer = new byte[Math.Min(_plan.BlockBytes, _plan.Size)];
        Span<byte> frame = stackalloc byte[16 + (HashesPerFrame * SipHash128.HashBytes)];
        for (int next = 0; next < _hashes.Length && !Volatile.Read(ref _isCancelled);)
        {
            PayloadWriter writer = new(frame);
            writer.Number(_id);
            // The first block goes at once: the sender waits for it.
            int count = Math.Min(next == 0 ? 1 : HashesPerFrame, _hashes.Length - next);
            for (int i = 0; i < count && !Volatile.Read(ref _isCancelled); i++, next++)
            {
                _hashes[next] = HashOf(_files, _fd, _plan, next, _key, buffer);
                writer.Hash(_hashes[next]);
            }

            Volatile.Write(ref _done, next);
            while (!_output.WaitUntilBelow(QueueBytes, PauseMillis) && !_output.IsBroken)
            {
                if (Volatile.Read(ref _isCancelled))
                {
                    return;
                }
            }

            _output.Send(FrameType.Hashes, writer.Written, mayGrow: true);
            _output.Flush();
        }
    }

    private const int PauseMillis = 100;
}
