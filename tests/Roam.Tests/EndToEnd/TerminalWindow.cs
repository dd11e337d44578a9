using System.Buffers;
using System.Diagnostics;
using System.Text;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Tests.EndToEnd;

/// <summary>A person's terminal window: a program on a pty, our emulator as its screen. A thread of its own reads, so the program never waits for the test.</summary>
internal sealed class TerminalWindow : IDisposable
{
    private const int PollMillis = 50;

    private readonly Lock _gate = new();
    private readonly Pty _pty;
    private readonly Emulator _emulator;
    private readonly Thread _reader;
    private readonly AutoResetEvent _changed = new(false);
    private readonly MemoryStream _heard = new();
    private byte[] _unsent = [];
    private bool _ended;
    private volatile bool _disposed;

    private TerminalWindow(Pty pty, int width, int height, ClientTerminal terminal, string name)
    {
        _pty = pty;
        Pid = pty.Pid;
        _emulator = new Emulator(width, height, new EmulatorOptions { ProductVersion = name, HistoryLines = 10_000 }) { Client = terminal };
        _reader = new Thread(ReadLoop) { IsBackground = true, Name = "terminal window" };
        _reader.Start();
    }

    public int Pid { get; }

    /// <summary>All bytes the program wrote so far.</summary>
    public string Heard
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_heard.ToArray());
            }
        }
    }

    public string Text => Look(TextOf);

    /// <summary>The terminal's own scrollback, then its screen.</summary>
    public string[] AllLines
    {
        get
        {
            lock (_gate)
            {
                ArrayBufferWriter<byte> history = new();
                HistoryText text = new(_emulator.History!, withRenditions: false);
                while (text.TryWriteNext(history))
                {
                }

                return [.. (Encoding.UTF8.GetString(history.WrittenSpan) + TextOf(_emulator.Screen)).Split('\n').Select(l => l.TrimEnd())];
            }
        }
    }

    public static TerminalWindow Open(string[] argv, int width = 80, int height = 24, params (string Name, string? Value)[] environment) =>
        Start(ClientTerminal.Unknown, "roam", argv, width, height, environment);

    /// <summary>A terminal that says of itself what it can do, and its name.</summary>
    public static TerminalWindow OpenAs(ClientTerminal terminal, string name, string[] argv, params (string Name, string? Value)[] environment) =>
        Start(terminal, name, argv, 80, 24, environment);

    private static TerminalWindow Start(ClientTerminal terminal, string name, string[] argv, int width, int height, (string Name, string? Value)[] environment)
    {
        List<byte[]> variables = [.. Sandbox.Environment(environment).Select(p => Encoding.UTF8.GetBytes($"{p.Name}={p.Value}"))];
        int errno = Pty.TryStart(new PtyProgram(argv[0], argv, variables, Sandbox.Home), width, height, out Pty? pty);
        Assert.True(errno == 0 && pty is not null, $"{argv[0]} could not be started: errno {errno}");
        return new TerminalWindow(pty, width, height, terminal, name);
    }

    public void Type(string text)
    {
        lock (_gate)
        {
            _unsent = [.. _unsent, .. Encoding.UTF8.GetBytes(text)];
            Send();
        }
    }

    public void Resize(int width, int height)
    {
        lock (_gate)
        {
            _emulator.Resize(width, height);
            _pty.Resize(width, height);
        }
    }

    public T Look<T>(Func<Screen, T> look)
    {
        lock (_gate)
        {
            return look(_emulator.Screen);
        }
    }

    public void WaitForText(string text) => WaitFor($"the text {text}", s => TextOf(s).Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for output, not for time: the deadline is only there to end a test that has failed.</summary>
    public void WaitFor(string what, Func<Screen, bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Look(condition))
        {
            bool over = _ended;
            TimeSpan left = Programs.Patience - Stopwatch.GetElapsedTime(start);
            if (over || left <= TimeSpan.Zero)
            {
                // The last output may have come between the look and the end.
                Assert.True(Look(condition), $"Waited for {what} {(over ? "until the program ended" : "too long")}. The screen:\n{Text}\nThe last bytes: {Tail()}");
                return;
            }

            _changed.WaitOne(left);
        }
    }

    /// <summary>Waits for the program's end. Exit code as a shell counts.</summary>
    public int WaitForExit()
    {
        long start = Stopwatch.GetTimestamp();
        while (!_ended)
        {
            TimeSpan left = Programs.Patience - Stopwatch.GetElapsedTime(start);
            Assert.True(left > TimeSpan.Zero, $"The program did not end. The screen:\n{Text}\nThe last bytes: {Tail()}");
            _changed.WaitOne(left);
        }

        return _pty.End.ExitCode;
    }

    public void Dispose()
    {
        _disposed = true;
        if (!_ended)
        {
            Processes.Signal(Pid, Processes.SIGKILL);
        }

        _reader.Join();
        _pty.Dispose();
        _changed.Dispose();
    }

    public static string TextOf(Screen screen)
    {
        StringBuilder text = new();
        for (int y = 0; y < screen.Height; y++)
        {
            StringBuilder row = new();
            foreach (Cell cell in screen.CellsAt(y))
            {
                if (!cell.IsSpacer)
                {
                    row.Append(cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : char.ConvertFromUtf32(cell.Content));
                }
            }

            text.Append(row.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private void ReadLoop()
    {
        byte[] buffer = new byte[64 * 1024];
        bool closed = false;
        while (!_ended)
        {
            int length = 0;
            if (!closed)
            {
                Processes.WaitReadable(_pty.Fd, PollMillis);
                lock (_gate)
                {
                    length = _pty.Read(buffer, out closed);
                    _emulator.Write(buffer.AsSpan(0, length));
                    _heard.Write(buffer, 0, length);
                    _unsent = [.. _unsent, .. _emulator.Replies];
                    _emulator.ClearReplies();
                    Send();
                }
            }
            else
            {
                Processes.WaitReadable(-1, PollMillis);
            }

            // The last bytes first, then the end; a program that left its terminal open to others has ended all the same.
            _ended = length == 0 && _pty.TryReap();
            if (length > 0 || _ended)
            {
                _changed.Set();
            }

            if (_disposed && length == 0 && closed && !_ended)
            {
                Processes.Signal(Pid, Processes.SIGKILL);
            }
        }
    }

    private void Send()
    {
        if (_unsent.Length > 0)
        {
            _unsent = _unsent[_pty.Write(_unsent)..];
        }
    }

    private string Tail()
    {
        string heard = Heard;
        return heard[Math.Max(0, heard.Length - 1000)..].Replace("\u001b", "\\e", StringComparison.Ordinal);
    }
}
