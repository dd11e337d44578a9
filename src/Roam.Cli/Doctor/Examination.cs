namespace Roam.Cli;

/// <summary>What the checks hand to those after them: the host, how ssh sees it, the login that stands, what the far side told of itself.</summary>
internal sealed class Examination(DoctorOptions options) : IDisposable
{
    public DoctorOptions Options => options;

    /// <summary>What `ssh -G` says; empty before it was asked, or when it could not be.</summary>
    public SshSettings Settings { get; set; } = SshSettings.None;

    /// <summary>The login that stands; null: there is none, and what is on the far side cannot be seen.</summary>
    public FarProbe? Far { get; set; }

    /// <summary>Whether a place over UDP answered.</summary>
    public bool UdpAnswers { get; set; }

    public string HostName => options.Host is { } host ? host[(host.LastIndexOf('@') + 1)..] : "";

    /// <summary>ssh with the user's words and ours, then the host. Null: --ssh is no command.</summary>
    public List<string>? Ssh(params string[] own)
    {
        if (!ShellWords.TrySplit(options.SshCommandLine, out List<string> words) || words.Count == 0)
        {
            return null;
        }

        if (options.Jump is { } jump)
        {
            words.AddRange(["-J", jump]);
        }

        return [.. words, .. own, options.Host ?? ""];
    }

    public void Dispose() => Far?.Dispose();
}
