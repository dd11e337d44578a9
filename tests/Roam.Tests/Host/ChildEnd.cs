using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>The end of a child of the test: awaited, or brought about when the test is over.</summary>
internal sealed class ChildEnd(int pid) : IDisposable
{
    private bool _isReaped;

    /// <summary>Waits for the process to end; the exit code.</summary>
    public unsafe int Wait()
    {
        int status;
        Instant deadline = Poller.Deadline;
        int pidFd = (int)PidFd.Open(pid);
        Assert.True(Poller.TryWait(pidFd, Libc.POLLIN, deadline), "the process does not end");
        _ = Libc.close(pidFd);
        Assert.Equal(pid, Libc.waitpid(pid, &status, 0));
        _isReaped = true;
        return Libc.ExitCodeOf(status);
    }

    public unsafe void Dispose()
    {
        if (!_isReaped)
        {
            int status;
            _ = Libc.kill(pid, Libc.SIGKILL);
            _ = Libc.waitpid(pid, &status, 0);
        }
    }
}
