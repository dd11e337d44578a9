using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>A server process behind a shared port, and how a client gets there.</summary>
internal sealed class SharedSession(int pid, string key, string places) : IDisposable
{
    private readonly ChildEnd _end = new(pid);

    public int Pid => pid;

    public string Places => places;

    public PtySession StartClient() => RelayProcess.StartClient(key, places);

    public void Kill()
    {
        Assert.Equal(0, Libc.kill(pid, Libc.SIGKILL));
        _end.Wait();
    }

    public int WaitForExit() => _end.Wait();

    public void Dispose() => _end.Dispose();
}
