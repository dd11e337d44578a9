using System.Globalization;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>A detached server of the native binary, started as the command starts it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly ChildEnd _end;

    public ServerProcess(ServerHostOptions options)
    {
        using ServerEndpoint? endpoint = ServerEndpoint.TryBind("127.0.0.1", 0, 0, out string error);
        Assert.Equal("", error);
        Port = endpoint!.Port;
        KeyText = endpoint.KeyText;
        Assert.True(Detach.TryStart(NativeBinary.Path, endpoint, options, out int pid, out error), error);
        Pid = pid;
        _end = new ChildEnd(pid);
    }

    public ServerProcess(params string[] command)
        : this(new ServerHostOptions { Command = command })
    {
    }

    public int Pid { get; }

    public int Port { get; }

    public string KeyText { get; }

    public PtySession StartClient(int width = 80, int height = 24) =>
        StartClient(KeyText, Port, width, height);

    public static PtySession StartClient(string key, int port, int width = 80, int height = 24) =>
        new([NativeBinary.Path, "client", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], width, height, null, null, "MOSH_KEY=" + key, "TERM=xterm-256color", "LC_ALL=C.UTF-8");

    public void Signal(int signal) => Assert.Equal(0, Libc.kill(Pid, signal));

    /// <summary>Waits for the server to end; the exit code.</summary>
    public int WaitForExit() => _end.Wait();

    public void Dispose() => _end.Dispose();
}
