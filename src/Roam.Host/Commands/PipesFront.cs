using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// A command without a terminal: standard input, output and errors of this process are the far program's, byte for byte, and nothing else is written to the output (docs/commands.md).
/// Signals go to the program; its end is this process's.
/// </summary>
internal sealed class PipesFront : IClientFront, IStreamOwner
{
    private ClientSession _session = null!;
    private StreamHub _hub = null!;
    private StreamPump? _program;
    private StreamPump? _errors;
    private ulong _control;
    private bool _isStarted;
    private bool _isControlOver;

    /// <summary>Job control is left alone: Ctrl-Z stops this process, and the program waits.</summary>
    public ReadOnlySpan<int> Signals => [Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGQUIT, Libc.SIGPIPE, Libc.SIGUSR1, Libc.SIGUSR2];

    public Instant NextTimeout => Instant.Never;

    public bool WantsEnd { get; private set; }

    /// <summary>How the program ended.</summary>
    public ProgramEnd End { get; private set; }

    /// <summary>Why there is no program; a sentence. Null: nothing is known against it.</summary>
    public string? Failure { get; private set; }

    /// <summary>How often this process was asked to end.</summary>
    public int EndsAsked { get; private set; }

    public ClientSessionOptions Describe() => new() { WantsHistory = false };

    public void Attach(ClientSession session, StreamHub hub) => (_session, _hub) = (session, hub);

    public void Open(Instant now)
    {
    }

    public void Close()
    {
    }

    public void Fill(Instant now, Span<Libc.PollFd> slots) => slots.Fill(new Libc.PollFd { Fd = -1 });

    public void Turn(Instant now, ReadOnlySpan<Libc.PollFd> slots)
    {
        if (!_isStarted && _session.Channels is { } channels)
        {
            _isStarted = true;
            Start(now, channels);
        }
        else if (!_isStarted && _session.LacksChannels)
        {
            _isStarted = true;
            Fail("a command without a terminal needs this version of Roam there: --install=always puts it there.");
        }
    }

    /// <summary>After the hub has moved what there was.</summary>
    public void Show(Instant now) => WantsEnd |= _isControlOver && _program!.IsOutputDone && _errors!.IsOutputDone;

    public void Take(Instant now, ClientEvent e)
    {
    }

    public bool TakesSignal(Instant now, int signal)
    {
        bool asksForEnd = signal is Libc.SIGINT or Libc.SIGTERM or Libc.SIGHUP or Libc.SIGQUIT;
        EndsAsked += asksForEnd ? 1 : 0;
        if (!_isStarted || _isControlOver || WantsEnd || (asksForEnd && EndsAsked > 1))
        {
            // There is no program yet or any more, or it was told before.
            return !asksForEnd;
        }

        Span<byte> record = stackalloc byte[ProgramRecord.BytesMax];
        int length = new ProgramRecord((ulong)ProgramRecordKind.Signal, (ulong)signal).Write(record);
        if (_session.Channels is { } channels && channels.WriteRoom(_control) >= length)
        {
            channels.Write(_control, record[..length]);
        }

        return true;
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
                ReadControl();
                break;
            case StreamEventKind.Finished:
                ReadControl();
                _isControlOver = true;
                break;
            case StreamEventKind.Refused:
                _session.Channels!.RefusalOf(e.Id, out string text);
                Fail(text.Length > 0 ? text : "the server runs no command without a terminal.");
                break;
            case StreamEventKind.Reset:
                Fail("the server has broken off.");
                break;
        }
    }

    private void Start(Instant now, StreamSet channels)
    {
        int input = OwnStreams.Open(0, forWriting: false);
        int output = OwnStreams.Open(1, forWriting: true);
        int errors = OwnStreams.Open(2, forWriting: true);
        if (!channels.TryOpen(now, StreamKind.ProgramControl, [], out _control)
            || !channels.TryOpen(now, StreamKind.ProgramErrors, [], out ulong errorStream)
            || !channels.TryOpen(now, StreamKind.Program, [], out ulong program))
        {
            Fail("there is no room for its streams.");
            return;
        }

        _hub.Own(_control, this);
        _errors = StreamPump.Start(_hub, errorStream, -1, errors, StreamPumpOptions.Default);
        _program = StreamPump.Start(_hub, program, input, output, StreamPumpOptions.Default);
    }

    private void ReadControl()
    {
        ReadOnlySpan<byte> bytes = _session.Channels!.Peek(_control);
        int length = bytes.Length;
        while (ProgramRecord.TryRead(ref bytes, out ProgramRecord record))
        {
            End = record.End.IsKnown ? record.End : End;
        }

        _session.Channels.Consume(_control, length - bytes.Length);
    }

    private void Fail(string reason)
    {
        Failure ??= reason;
        WantsEnd = true;
    }
}
