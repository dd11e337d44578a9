using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The server's program on three pipes instead of a pty: as sshd runs `ssh host command`. It starts when the client has opened its three streams, in a session and process group of its
/// own, and it is over when it has ended and nobody writes to its output any more.
/// </summary>
internal sealed unsafe class PipedProgram : IStreamServer, IStreamOwner, IDisposable
{
    /// <summary>A client that is gone for good must not keep a program for ever. A weekend without a network must not end one either. MOSH_SERVER_NETWORK_TMOUT says otherwise.</summary>
    public const long AbandonedSeconds = 72 * 3600;

    private readonly StreamHub _hub;
    private readonly PtyProgram _what;
    private readonly string? _refusal;
    private StreamPump? _program;
    private StreamPump? _errors;
    private ulong? _programStream;
    private ulong? _errorStream;
    private ulong? _controlStream;
    private int _pid;
    private bool _isDisposed;

    /// <param name="hub">The server's; the kinds are served from now on.</param>
    /// <param name="what">The program.</param>
    /// <param name="refusal">Null, or why the program cannot be run: the client is told.</param>
    public PipedProgram(StreamHub hub, PtyProgram what, string? refusal)
    {
        (_hub, _what, _refusal) = (hub, what, refusal);
        hub.Serve(StreamKind.Program, this);
        hub.Serve(StreamKind.ProgramErrors, this);
        hub.Serve(StreamKind.ProgramControl, this);
    }

    /// <summary>The client was told how the program ended.</summary>
    public bool IsOver { get; private set; }

    private ProgramEnd End { get; set; }

    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        ref ulong? place = ref _controlStream;
        if (kind == StreamKind.Program)
        {
            place = ref _programStream;
        }
        else if (kind == StreamKind.ProgramErrors)
        {
            place = ref _errorStream;
        }

        if (place is not null || _isDisposed)
        {
            _hub.Channels!.Refuse(id, StreamRefusal.TooMany, "a session runs one command.");
            return;
        }

        place = id;
        if (_programStream is { } program && _errorStream is { } errors && _controlStream is { } control)
        {
            Start(program, errors, control);
        }
    }

    public void Take(Instant now, in StreamEvent e)
    {
        if (e.Event is StreamEventKind.Readable or StreamEventKind.Finished)
        {
            ReadControl(e.Id);
        }
    }

    /// <summary>A child has ended; perhaps this one.</summary>
    public void Reap()
    {
        int status;
        if (_pid != 0 && Libc.waitpid(_pid, &status, Libc.WNOHANG) == _pid)
        {
            _pid = 0;
            End = Libc.EndOf(status);
        }
    }

    /// <summary>In each turn, after the hub: tells the end once there is nothing more to come.</summary>
    public void Turn()
    {
        if (IsOver || !End.IsKnown || _program is not { IsInputDone: true } || _errors is not { IsInputDone: true } || _hub.Channels is not { } channels || _controlStream is not { } control)
        {
            return;
        }

        IsOver = true;
        Span<byte> record = stackalloc byte[ProgramRecord.BytesMax];
        int length = ProgramRecord.Of(End).Write(record);
        channels.Write(control, record[..length]);
        channels.Finish(control);
        channels.Stop(control);
    }

    /// <summary>The client does not want it any more: the pipes are closed, and its group gets SIGHUP.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _program?.Dispose();
        _errors?.Dispose();
        Reap();
        if (_pid != 0)
        {
            _ = Libc.kill(-_pid, Libc.SIGHUP);
        }
    }

    private void Start(ulong program, ulong errors, ulong control)
    {
        StreamSet channels = _hub.Channels!;
        string reason = _refusal ?? "";
        StandardPipes pipes = default;
        if (_refusal is null)
        {
            CoreDumps.Restore();
            bool isStarted = StandardPipes.TryStart(_what, newSession: true, out pipes, out reason);
            CoreDumps.Disable();
            reason = isStarted ? "" : $"cannot run {_what.File}: {reason}.";
        }

        if (reason.Length > 0)
        {
            channels.Refuse(control, StreamRefusal.Failed, reason);
            channels.Refuse(program, StreamRefusal.Failed, reason);
            channels.Refuse(errors, StreamRefusal.Failed, reason);
            return;
        }

        _pid = pipes.Pid;
        foreach (int fd in (ReadOnlySpan<int>)[pipes.Input, pipes.Output, pipes.Error])
        {
            Libc.SetNonBlocking(fd);
        }

        channels.Accept(control);
        channels.Accept(errors);
        channels.Accept(program);
        _hub.Own(control, this);
        Libc.SetNonBlocking(pipes.Error);
        Libc.SetNonBlocking(pipes.Output);
        Libc.SetNonBlocking(pipes.Input);
        _errors = StreamPump.Start(_hub, errors, pipes.Error, -1, StreamPumpOptions.Default);
        _program = StreamPump.Start(_hub, program, pipes.Output, pipes.Input, StreamPumpOptions.Default);
        ReadControl(control);
    }

    private void ReadControl(ulong id)
    {
        ReadOnlySpan<byte> bytes = _hub.Channels!.Peek(id);
        int length = bytes.Length;
        while (ProgramRecord.TryRead(ref bytes, out ProgramRecord record))
        {
            if (record.Kind == (ulong)ProgramRecordKind.Signal && IsForPrograms(record.Value))
            {
                Signal((int)record.Value);
            }
        }

        _hub.Channels.Consume(id, length - bytes.Length);
    }

    /// <summary>Those that a client passes on. A client that may start programs may kill them anyway; the list is what the protocol says.</summary>
    private static bool IsForPrograms(ulong signal) =>
        signal is Libc.SIGHUP or Libc.SIGINT or Libc.SIGQUIT or Libc.SIGTERM or Libc.SIGUSR1 or Libc.SIGUSR2;

    /// <summary>Not after its end was collected: the number may be another's by then.</summary>
    private void Signal(int signal)
    {
        Reap();
        if (_pid != 0)
        {
            _ = Libc.kill(-_pid, signal);
        }
    }
}
