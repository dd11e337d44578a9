using System.Globalization;
using System.Text;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One client on a pty of its own, its picture kept by an emulator, and the server it talks to over a testbed's link.</summary>
internal sealed class LiveSession : IDisposable
{
    public const int Width = 80;
    public const int Height = 24;

    /// <summary>The scrollback of the user's terminal.</summary>
    private const int HistoryLines = 200_000;

    private readonly Pty _pty;
    private readonly Emulator _emulator = new(Width, Height, new EmulatorOptions { HistoryLines = HistoryLines });
    private readonly byte[] _buffer = new byte[65536];
    private readonly int _serverPid;
    private bool _ended;
    private bool _disposed;

    private LiveSession(string name, Pty pty, int port, int serverPid, Testbed bed)
    {
        Name = name;
        _pty = pty;
        Port = port;
        _serverPid = serverPid;
        Bed = bed;
        Leftovers.Add(Dispose);
    }

    public string Name { get; }

    /// <summary>The far port that the link counts this session's packets under.</summary>
    public int Port { get; }

    public Testbed Bed { get; }

    public Traffic Traffic => Bed.Link.TrafficOf(Port);

    /// <summary>-1 once the client has ended.</summary>
    public int Fd => _ended ? -1 : _pty.Fd;

    public int ClientPid => _pty.Pid;

    /// <summary>CPU time of the server so far; for ssh, of all its processes.</summary>
    public double ServerCpuMillis => _serverPid != 0 ? ProcessSample.Of(_serverPid).CpuMillis : Bed.Ssh.CpuMillis();

    /// <summary>0 for ssh.</summary>
    public long ServerPrivateKib => _serverPid != 0 ? ProcessSample.Of(_serverPid).PrivateKib : 0;

    public static LiveSession Start(Testbed bed, SessionPair pair, string predict, string[] command, bool ipv6 = false, params string[] variables)
    {
        if (pair == SessionPair.Ssh)
        {
            return new LiveSession(pair.Name, StartClient([.. bed.EnterNear, .. bed.Ssh.CommandLine(bed.FarAddress(ipv6), command)]), SshFarEnd.Port, 0, bed);
        }

        string address = bed.FarAddress(ipv6);
        ServerLaunch server = ServerLaunch.Start(pair.Server, bed.EnterFar, address, command);
        string port = bed.Reach(server.Port).ToString(CultureInfo.InvariantCulture);
        Pty pty = StartClient([.. bed.EnterNear, pair.Client, address, port], ["MOSH_KEY=" + server.Key, "MOSH_PREDICTION_DISPLAY=" + predict, .. variables]);
        return new LiveSession(pair.Name, pty, server.Port, server.Pid, bed);
    }

    /// <summary>A wrapper that makes its own way to the far end by ssh; the link counts what goes through ssh's port.</summary>
    public static LiveSession StartWrapper(Testbed bed, string name, string[] wrapper, string predict, string[] command)
    {
        string ssh = string.Join(' ', bed.Ssh.Words);
        string[] line = [.. bed.EnterNear, .. wrapper, "--ssh=" + ssh, SshFarEnd.Destination(bed.FarAddress(ipv6: false)), "--", .. command];
        return new LiveSession(name, StartClient(line, "MOSH_PREDICTION_DISPLAY=" + predict), SshFarEnd.Port, 0, bed);
    }

    /// <summary>Any command line that makes its own way to the far end; the link counts what goes through ssh's port.</summary>
    public static LiveSession StartLine(Testbed bed, string name, string[] line, params string[] variables) =>
        new(name, StartClient(line, variables), SshFarEnd.Port, 0, bed);

    /// <summary>One of each pair, all running the same program.</summary>
    public static List<LiveSession> StartAll(Testbed bed, IEnumerable<SessionPair> pairs, string predict, string[] command, bool ipv6 = false)
    {
        List<LiveSession> sessions = [];
        try
        {
            foreach (SessionPair pair in pairs)
            {
                sessions.Add(Start(bed, pair, predict, command, ipv6));
            }
        }
        catch (InvalidOperationException)
        {
            sessions.ForEach(s => s.Dispose());
            throw;
        }

        return sessions;
    }

    /// <summary>What has gone into the scrollback of the user's terminal.</summary>
    public HistoryLog Scrollback => _emulator.History!;

    public void Type(ReadOnlySpan<byte> keys) => _ = _pty.Write(keys);

    /// <summary>Reads what the client has drawn. After the wait said that there is something.</summary>
    public void TakeOutput()
    {
        int length = _pty.Read(_buffer, out _ended);
        _emulator.Write(_buffer.AsSpan(0, length));
        if (!_emulator.Replies.IsEmpty)
        {
            _ = _pty.Write(_emulator.Replies);
            _emulator.ClearReplies();
        }
    }

    public bool Shows(int row, int column, byte character) => _emulator.Screen.CellsAt(row)[column].Content == character;

    /// <summary>A row as text, without trailing blanks; what is not ASCII as '?'.</summary>
    public string RowText(int row)
    {
        Span<char> text = stackalloc char[Width];
        ReadOnlySpan<Cell> cells = _emulator.Screen.CellsAt(row);
        for (int x = 0; x < Width; x++)
        {
            text[x] = cells[x].Content is >= ' ' and < 127 ? (char)cells[x].Content : '?';
        }

        return new string(text).TrimEnd();
    }

    public bool Shows(string text) => Enumerable.Range(0, Height).Any(row => RowText(row).Contains(text, StringComparison.Ordinal));

    public string Picture() => string.Join('\n', Enumerable.Range(0, Height).Select(RowText)).TrimEnd();

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_pty.Pid != 0)
        {
            _ = Libc.kill(_pty.Pid, Libc.SIGKILL);
        }

        _pty.Dispose();
        if (_serverPid != 0)
        {
            _ = Libc.kill(_serverPid, Libc.SIGKILL);
        }

        for (int i = 0; i < 100 && !_pty.TryReap(); i++)
        {
            Thread.Sleep(1);
        }
    }

    private static Pty StartClient(string[] line, params string[] variables)
    {
        string[] all = ["TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=" + Environment.GetEnvironmentVariable("PATH"), "HOME=" + Environment.GetEnvironmentVariable("HOME"), .. variables];
        int errno = Pty.TryStart(new PtyProgram(line[0], line, [.. all.Select(Encoding.UTF8.GetBytes)], null), Width, Height, out Pty? pty);
        return pty ?? throw new InvalidOperationException($"{line[0]} did not start: {Libc.ErrorText(errno)}");
    }
}
