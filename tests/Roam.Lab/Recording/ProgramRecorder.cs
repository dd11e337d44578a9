using System.Runtime.InteropServices;
using System.Text;
using Roam.Host;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>A program on a pty with our emulator behind it, which answers its queries; all that passes is written down. The program ends with this object.</summary>
internal sealed class ProgramRecorder : IDisposable
{
    /// <summary>At the limit the recording ends: whoever reads it has to keep it.</summary>
    public const int OutputBytesMax = 16 << 20;

    // A program that reads none of so much input will not read it at all: an error.
    private const int InputPendingBytesMax = 256 << 10;
    private const int ReadBytesMax = 64 << 10;
    private const int HangupGraceMillis = 500;

    private readonly Pty _pty;
    private readonly RecordingWriter _writer;
    private readonly byte[] _buffer = new byte[ReadBytesMax];
    private readonly List<byte> _input = [];
    private readonly int _pid;
    private readonly PosixSignalRegistration[] _signals;
    private long _outputBytes;
    private bool _ended;
    private volatile bool _stopped;

    private ProgramRecorder(Pty pty, RecordingWriter writer, int width, int height)
    {
        _pty = pty;
        _pid = pty.Pid;
        _writer = writer;
        Emulator = new Emulator(width, height, new EmulatorOptions());
        LastOutput = SystemClock.Now;
        _signals = [.. new[] { PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, Stop))];
    }

    public Emulator Emulator { get; }

    public Instant LastOutput { get; private set; }

    /// <summary>The program has closed its terminal or written more than is kept, or a signal asks the recorder to end.</summary>
    public bool HasEnded => _ended || _stopped || _outputBytes > OutputBytesMax;

    /// <summary>To be polled, with <see cref="Events"/>.</summary>
    public int Fd => _pty.Fd;

    public short Events => (short)(Libc.POLLIN | (_input.Count > 0 ? Libc.POLLOUT : 0));

    public static ProgramRecorder Start(RecordingWriter writer, RecordingHeader header, string[] command)
    {
        List<byte[]> environment = ProcessEnvironment.Copy();
        ProcessEnvironment.Replace(environment, "TERM"u8, Encoding.UTF8.GetBytes("TERM=" + header.Term));
        int errno = Pty.TryStart(new PtyProgram(command[0], command, environment, null), header.Width, header.Height, out Pty? pty);
        return pty is null ? throw new InvalidOperationException($"{command[0]} did not start: {Libc.ErrorText(errno)}") : new ProgramRecorder(pty, writer, header.Width, header.Height);
    }

    /// <summary>Moves what can be moved without waiting: input to the program, output from it.</summary>
    public void Pump()
    {
        SendPending();
        int length = _pty.Read(_buffer, out _ended);
        if (length == 0)
        {
            return;
        }

        LastOutput = SystemClock.Now;
        _outputBytes += length;
        _writer.Add(RecordingEventKind.Output, _buffer.AsSpan(0, length));
        Emulator.Write(_buffer.AsSpan(0, length));
        if (!Emulator.Replies.IsEmpty)
        {
            Send(Emulator.Replies);
            Emulator.ClearReplies();
        }
    }

    public void Send(ReadOnlySpan<byte> input)
    {
        _writer.Add(RecordingEventKind.Input, input);
        _input.AddRange(input);
        if (_input.Count > InputPendingBytesMax)
        {
            throw new InvalidOperationException("the program does not read its input");
        }

        SendPending();
    }

    public void Resize(int width, int height)
    {
        _writer.Add(RecordingEventKind.Resize, $"{width}x{height}");
        Emulator.Resize(width, height);
        _pty.Resize(width, height);
    }

    public void Mark(string name) => _writer.Add(RecordingEventKind.Marker, name);

    /// <summary>Hangs up; a program that does not end by that is killed, with all of its process group.</summary>
    public void Dispose()
    {
        Array.ForEach(_signals, s => s.Dispose());
        _pty.Dispose();
        for (int waited = 0; !_pty.TryReap(); waited++)
        {
            if (waited == HangupGraceMillis)
            {
                _ = Libc.kill(-_pid, Libc.SIGKILL);
                _ = Libc.kill(_pid, Libc.SIGKILL);
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>The usual end comes after it: the user's terminal is put back, the program ended.</summary>
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopped = true;
    }

    private void SendPending()
    {
        if (_input.Count > 0)
        {
            int taken = _pty.Write(_input.ToArray());
            _input.RemoveRange(0, Math.Min(taken, _input.Count));
        }
    }
}
