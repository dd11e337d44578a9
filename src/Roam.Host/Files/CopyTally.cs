namespace Roam.Host;

/// <summary>Looks at the frames that pass from sender to receiver, and adds up what the user is told. May be asked from any thread.</summary>
public sealed class CopyTally(Action<CopyNote> show)
{
    private readonly object _gate = new();
    private readonly Queue<(long Id, string Name, long Size)> _announced = new();
    private FilesChild? _source;
    private FilesChild? _target;
    private BlockPlan _plan;
    private long _filesSeen;
    private long _bytesSeen;
    private long _filesCounted;
    private long _bytesCounted;
    private bool _isCounted;
    private long _filesDone;
    private long _bytesDone;
    private long _bytesSent;
    private long _filesSame;
    private long _current;
    private long _currentSize;
    private bool _currentDiffers;
    private string _name = "";

    public int Errors { get; private set; }

    public bool IsFatal { get; private set; }

    public bool IsInterrupted { get; private set; }

    /// <summary>Of the program that led to no far end.</summary>
    public int FarExitCode { get; internal set; }

    public CopyProgressState State
    {
        get
        {
            lock (_gate)
            {
                return new CopyProgressState(
                    Math.Max(_filesSeen, _filesCounted), Math.Max(_bytesSeen, _bytesCounted), _isCounted, _filesDone, _bytesDone + _current, _bytesSent, _filesSame, _name);
            }
        }
    }

    /// <summary>Ends the programs that lead to the far ends; the copy then ends by itself, leaving what a next try goes on with.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            IsInterrupted = true;
            _source?.Interrupt();
            _target?.Interrupt();
        }
    }

    internal void Lead(FilesChild? source, FilesChild? target)
    {
        lock (_gate)
        {
            (_source, _target) = (source, target);
        }
    }

    /// <summary>The next transfer of the same command counts from zero what it announces.</summary>
    internal void BeginTransfer()
    {
        lock (_gate)
        {
            _announced.Clear();
            _filesCounted = 0;
            _bytesCounted = 0;
            _isCounted = false;
            (_filesSeen, _bytesSeen) = (_filesDone, _bytesDone);
        }
    }

    internal void Tell(CopyNote note)
    {
        lock (_gate)
        {
            Errors += note.Kind == NoteKind.Note ? 0 : 1;
            IsFatal |= note.Kind == NoteKind.Fatal;
            show(note);
        }
    }

    internal void Saw(FrameType type, ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        lock (_gate)
        {
            switch (type)
            {
                case FrameType.File:
                    (long id, long size) = (reader.Number(), reader.Number());
                    if (_announced.Count < CopyLimits.WindowEntries)
                    {
                        _announced.Enqueue((id, PrintableName.Of(reader.Bytes(CopyLimits.NameBytesMax)), size));
                    }

                    _filesSeen++;
                    _bytesSeen += size;
                    break;
                case FrameType.Begin:
                    Begin(reader.Number(), reader.Number());
                    break;
                case FrameType.Data:
                    _bytesSent += payload.Length;
                    _current += payload.Length;
                    _currentDiffers = true;
                    break;
                case FrameType.Hole:
                    _current = Math.Min(_current + reader.Number(), _currentSize);
                    _currentDiffers = true;
                    break;
                case FrameType.Same:
                    long count = reader.Number();
                    _current = Math.Min(_current + (Math.Min(count, int.MaxValue) * _plan.BlockBytes), _currentSize);
                    break;
                case FrameType.End:
                    _filesSame += _currentDiffers || _currentSize == 0 ? 0 : 1;
                    EndFile();
                    break;
                case FrameType.Abandon:
                    EndFile();
                    break;
                case FrameType.Census:
                    _filesCounted = _filesDone + reader.Number();
                    _bytesCounted = _bytesDone + reader.Number();
                    _isCounted = reader.Number() == 1;
                    break;
            }
        }
    }

    /// <summary>Files that were announced before and never began were refused.</summary>
    private void Begin(long id, long size)
    {
        while (_announced.TryDequeue(out (long Id, string Name, long Size) file))
        {
            if (file.Id == id)
            {
                _name = file.Name;
                _plan = BlockPlan.Of(file.Size);
                break;
            }

            _filesDone++;
            _bytesDone += file.Size;
        }

        _current = 0;
        _currentSize = size;
        _currentDiffers = false;
    }

    private void EndFile()
    {
        _filesDone++;
        _bytesDone += _current;
        _current = 0;
    }
}
