using System.Diagnostics;

namespace Roam.Tests.EndToEnd;

/// <summary>A real ssh-agent with one key, the one that the tests' sshd knows.</summary>
internal sealed class SshAgent : IDisposable
{
    private readonly Process _process;
    private bool _isAlive = true;

    public SshAgent()
    {
        Path = Sandbox.NewFile("ssh-agent");
        _process = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", Path]) { RedirectStandardOutput = true })!;
        _ = _process.StandardOutput.ReadLine();
        (int code, _, string error) = Programs.Run("ssh-add", [SshServer.Instance.UserKey], ("SSH_AUTH_SOCK", Path));
        Assert.True(code == 0, error);
        Listing = Programs.Run("ssh-add", ["-l"], ("SSH_AUTH_SOCK", Path)).Output.Trim();
    }

    public string Path { get; }

    /// <summary>What ssh-add -l says.</summary>
    public string Listing { get; }

    /// <summary>May be called early, to see it end.</summary>
    public void Dispose()
    {
        if (_isAlive)
        {
            _isAlive = false;
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
