using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>What this host serves to a client: the administrator's file always counts, another file and a list of words can only take more away.</summary>
internal sealed class ServerPolicy : IForwardPolicy
{
    /// <summary>Of the whole machine.</summary>
    public const string FilePath = "/etc/roam/policy.conf";

    private readonly List<PolicyFile> _files = [];
    private readonly PolicySubject _forbidden;

    private ServerPolicy(PolicySubject forbidden) => _forbidden = forbidden;

    /// <param name="words">--forbid: names with commas between, checked already; an unknown one forbids everything.</param>
    /// <param name="extraPath">--policy; null: none. A missing one forbids everything: somebody meant it to be there.</param>
    public static ServerPolicy Load(string words, string? extraPath) => Load(words, FilePath, extraPath);

    internal static ServerPolicy Load(string words, string path, string? extraPath)
    {
        PolicySubject forbidden = words.Length == 0 ? PolicySubject.None : PolicyRule.SubjectsOf(words, out bool isKnown) | (isKnown ? PolicySubject.None : PolicySubject.Everything);
        ServerPolicy policy = new(forbidden);
        if (PolicyFile.TryLoad(path) is { } file)
        {
            policy._files.Add(file);
        }

        if (extraPath is not null)
        {
            policy._files.Add(PolicyFile.TryLoad(extraPath) ?? new PolicyFile(extraPath, [], "is not there"));
        }

        return policy;
    }

    /// <summary>What an administrator has to put right; null: nothing.</summary>
    public string? Complaint
    {
        get
        {
            foreach (PolicyFile file in _files)
            {
                if (file.Complaint is { } complaint)
                {
                    return complaint;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool Allows(StreamKind kind, string target, out string whoForbade) => Allows(SubjectOf(kind), target, out whoForbade);

    /// <param name="subject">One.</param>
    /// <param name="target">Empty for what has none.</param>
    /// <param name="whoForbade">For the user.</param>
    public bool Allows(PolicySubject subject, string target, out string whoForbade)
    {
        whoForbade = "";
        if ((subject & _forbidden) != 0)
        {
            whoForbade = $"forbidden by the server's --forbid on {HostName()}";
            return false;
        }

        foreach (PolicyFile file in _files)
        {
            if (!file.Allows(subject, target, out whoForbade))
            {
                whoForbade += $", on {HostName()}";
                return false;
            }
        }

        return true;
    }

    private static PolicySubject SubjectOf(StreamKind kind) => kind switch
    {
        StreamKind.Connect => PolicySubject.Connect,
        StreamKind.Listen or StreamKind.Accepted => PolicySubject.Listen,
        StreamKind.Agent => PolicySubject.Agent,
        StreamKind.Udp => PolicySubject.Udp,
        StreamKind.Program or StreamKind.ProgramErrors or StreamKind.ProgramControl => PolicySubject.Commands,
        _ => PolicySubject.None,
    };

    private static string HostName()
    {
        const int HostNameBytesMax = 256;
        byte[]? name = Libc.ReadFile("/proc/sys/kernel/hostname", HostNameBytesMax);
        return name is null ? "this host" : Encoding.UTF8.GetString(name).TrimEnd();
    }
}
