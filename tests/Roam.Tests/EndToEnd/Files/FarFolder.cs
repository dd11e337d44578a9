using Roam.Tests.Host.Files;

namespace Roam.Tests.EndToEnd.Files;

/// <summary>A scratch folder, and a host that ssh reaches, where this Roam lies in the cache as a login would have put it there.</summary>
internal sealed class FarFolder : IDisposable
{
    public FarFolder()
    {
        string cache = Scratch.Folder("cache");
        string bin = Scratch.Folder("cache/roam/bin");
        Scratch.Shell("chmod 700 \"$1\"; cp \"$2\" \"$1\"/roam-0", bin, Programs.Roam);
        Ssh = SshServer.Instance.CommandWith($"XDG_CACHE_HOME={cache}");
    }

    public ScratchFolder Scratch { get; } = new();

    public string Ssh { get; }

    /// <summary>A place on the host.</summary>
    public string Far(string name) => "127.0.0.1:" + Scratch[name];

    public (int ExitCode, string Output, string Error) Copy(params string[] words) => Programs.Run(Programs.Roam, ["cp", "-S", Ssh, .. words]);

    public void CopyWell(params string[] words)
    {
        (int code, string output, string error) = Copy(words);
        Assert.Equal("", output + error);
        Assert.Equal(0, code);
    }

    public void Dispose() => Scratch.Dispose();
}
