using System.Diagnostics;
using System.Text;
using Roam.Host;

namespace Roam.Lab;

/// <summary>One live session of a pair on loopback: the server detached, the client on a pty of its own, every datagram counted on its way.</summary>
internal sealed class BenchSession : IDisposable
{
    private readonly Pty _pty;
    private readonly EmulatedLink _link = new(new LinkOptions());
    private readonly byte[] _buffer = new byte[65536];
    private readonly StringBuilder _seen = new();
    private readonly long _clientStarted;

    public BenchSession(SessionPair pair, string command)
    {
        ServerLaunch server = ServerLaunch.Start(pair.Server, [], "127.0.0.1", ["sh", "-c", command]);
        ConnectMillis = server.ConnectMillis;
        ServerPid = server.Pid;
        RelayNearEnd near = new(server.Port);
        _link.Add(near, new RelayFarEnd(server.Port));
        _clientStarted = Stopwatch.GetTimestamp();
        _pty = StartClient(pair, server.Key, near.Port);
    }

    public double ConnectMillis { get; }

    public int ServerPid { get; }

    public int ClientPid => _pty.Pid;

    public long Datagrams => _link.Up.Packets + _link.Down.Packets;

    /// <summary>Reads the client's terminal until the text is there. Returns milliseconds since the client was started; negative when it never came.</summary>
    public double WaitForText(string text, int limitMillis)
    {
        long deadline = Environment.TickCount64 + limitMillis;
        while (Environment.TickCount64 < deadline)
        {
            Drain();
            if (_seen.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Stopwatch.GetElapsedTime(_clientStarted).TotalMilliseconds;
            }

            Thread.Yield();
        }

        return -1;
    }

    public void Write(string keys) => _pty.Write(Encoding.UTF8.GetBytes(keys));

    /// <summary>Lets the session be for that long, keeping the client's terminal drained.</summary>
    public void Rest(double seconds)
    {
        long deadline = Environment.TickCount64 + (long)(seconds * 1000);
        while (Environment.TickCount64 < deadline)
        {
            Drain();
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        Kill(ClientPid);
        Kill(ServerPid);
        _pty.Dispose();
        _link.Dispose();
    }

    private static void Kill(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static Pty StartClient(SessionPair pair, string key, int port)
    {
        List<byte[]> environment = [.. ((string[])["TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=" + Environment.GetEnvironmentVariable("PATH"), "MOSH_KEY=" + key]).Select(Encoding.UTF8.GetBytes)];
        PtyProgram program = new(pair.Client, [pair.Client, "127.0.0.1", port.ToString(System.Globalization.CultureInfo.InvariantCulture)], environment, null);
        int errno = Pty.TryStart(program, 80, 24, out Pty? pty);
        return pty ?? throw new InvalidOperationException($"{pair.Client} did not start: errno {errno}");
    }

    private void Drain()
    {
        int n = _pty.Read(_buffer, out _);
        _seen.Append(Encoding.UTF8.GetString(_buffer, 0, n));
    }
}
