using System.Globalization;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>A relay of the native binary to a port of this machine.</summary>
internal sealed class RelayProcess : IDisposable
{
    private readonly ChildEnd _end;

    public RelayProcess(int targetPort, int innerIds = 0, long idleMillis = RelayCore.IdleMillisDefault, long askMillis = RelayCore.AskMillisDefault)
    {
        RelayOptions options = new()
        {
            TargetHost = "127.0.0.1",
            TargetPort = targetPort,
            PortLow = 0,
            PortHigh = 0,
            InnerIds = innerIds,
            IdleMillis = idleMillis,
            AskMillis = askMillis,
        };
        Assert.True(RelayHost.TryStart(NativeBinary.Path, options, out int port, out string id, out int pid, out string error), error);
        (Port, Id, Pid) = (port, id, pid);
        _end = new ChildEnd(pid);
    }

    public int Port { get; }

    public string Id { get; }

    public byte[] IdBytes => Convert.FromHexString(Id);

    public int Pid { get; }

    public static PtySession StartClient(string key, string places) =>
        new([NativeBinary.Path, "client", "192.0.2.1", "1"], 80, 24, null, null, "MOSH_KEY=" + key, "ROAM_PLACES=" + places, "TERM=xterm-256color", "LC_ALL=C.UTF-8");

    public PtySession StartClient(string key) => StartClient(key, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1;{Port};{Id}"));

    public int WaitForExit() => _end.Wait();

    public void Dispose() => _end.Dispose();
}
