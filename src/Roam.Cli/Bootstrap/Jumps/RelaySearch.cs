using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// `roam relay --find`: logs in to the jump hosts on the way of an ssh command, starts a relay on each, the last one first, and so makes a chain that leads to the server.
/// It asks nobody anything: a jump host that wants a password is none for it.
/// </summary>
internal sealed class RelaySearch
{
    /// <summary>A way with more jump hosts is not followed: the ids before each datagram would take too much of it.</summary>
    public const int JumpsMax = Place.IdBytesMax / Place.IdBytes;

    /// <summary>Addresses of the first jump host that are offered: the one that ssh uses, and others in case UDP does not get there.</summary>
    private const int PlacesMax = 3;

    /// <summary>Putting Roam on a slow bastion takes its time; nothing waits for this search.</summary>
    private const int PatienceMillis = 120_000;

    private readonly List<string> _own;
    private readonly ServerBuilds _builds;
    private readonly InstallMode _install;

    private RelaySearch(List<string> own, ServerBuilds builds, InstallMode install)
    {
        _own = own;
        _builds = builds;
        _install = install;
    }

    /// <summary>`ADDRESS;PORT;ID`, best first. None: error is a sentence.</summary>
    public static List<string> TryFind(RelayArguments arguments, ServerBuilds builds, out string error)
    {
        List<string> ssh = [.. arguments.SshWords[..^1]];
        RelaySearch search = new(JumpWords.Own(ssh), builds, arguments.Install);
        List<JumpHost>? way = search.WayTo(SshConfig.Ask(ssh, arguments.SshWords[^1]));
        int idCount = arguments.TargetId.Length / Place.IdBytes;
        if (way is null || way.Count == 0 || way.Count + idCount > JumpsMax)
        {
            error = way is null ? "ssh's ProxyJump is not understood" : way.Count == 0 ? "ssh goes through no jump host" : $"more than {JumpsMax} relays and ids in a row are too many";
            return [];
        }

        return search.Chain(way, arguments, out error);
    }

    /// <summary>From the client to the last jump host. The first of a list may have a ProxyJump of its own in the configuration, which ssh follows as well.</summary>
    private List<JumpHost>? WayTo(SshConfig target)
    {
        List<JumpHost> way = [];
        SshConfig config = target;
        while (config.ProxyJump is { } text && way.Count <= JumpsMax)
        {
            if (JumpHost.ParseList(text) is not { Count: > 0 } jumps)
            {
                return null;
            }

            way.InsertRange(0, jumps);
            config = SshConfig.Ask(JumpWords.Question(_own, [], way[0]), way[0].Host);
        }

        return way;
    }

    private List<string> Chain(List<JumpHost> way, RelayArguments arguments, out string error)
    {
        string target = TargetText(arguments.TargetHost, arguments.TargetPort);
        string ids = Place.TextOf(arguments.TargetId);
        error = "";
        for (int i = way.Count - 1; i >= 0; i--)
        {
            int innerIds = ids.Length / (2 * Place.IdBytes);
            if (!TryStart(way, i, target, innerIds, out List<string> addresses, out int port, out string id, out error))
            {
                return [];
            }

            ids = id + ids;
            target = TargetText(addresses[0], port);
            if (i == 0)
            {
                return [.. addresses.Take(PlacesMax).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a};{port};{ids}"))];
            }
        }

        return [];
    }

    /// <summary>One relay. The first address is the one at which the host before it, or this machine, reached it.</summary>
    private bool TryStart(List<JumpHost> way, int index, string target, int innerIds, out List<string> addresses, out int port, out string id, out string error)
    {
        (addresses, port, id) = ([], 0, "");
        JumpHost jump = way[index];
        List<JumpHost> before = way[..index];
        SshConfig config = SshConfig.Ask(JumpWords.Question(_own, before, jump), jump.Host);
        FarRequest request = new()
        {
            Ssh = JumpWords.To(_own, before, jump, config.Corrections()),
            Host = jump.Host,
            Verb = ["relay", "--to", target, "--ids", innerIds.ToString(CultureInfo.InvariantCulture)],
            EndWord = "RELAY",
            Install = _install,
            ProgramName = "roam relay",
            IsQuiet = true,
            PatienceMillis = PatienceMillis,
        };
        using FarLogin? login = FarLogin.TryStart(request, _builds, out error);
        if (login is null || !login.Talk())
        {
            error = login?.Error ?? error;
            return false;
        }

        string[] resolved = [];
        string? peer = null;
        if (index == 0)
        {
            peer = login.IsOpen ? TcpConnections.PeerOf(login.Process.Pid) : null;
            _ = config.IsDirect && NameResolver.TryResolve(config.HostName ?? jump.Host, FamilyPreference.All, out resolved, out _);
        }

        // What the host before a later one calls it is not this machine's to look up.
        addresses = Places.Choose(FamilyPreference.All, [peer], resolved, [login.Reader.SshAddress]);
        string[] words = login.Reader.Text.Split(' ');
        login.Close();
        bool isGood = words.Length == 2 && PortRange.TryParsePort(words[0], out port, out _) && port > 0 && Place.TryParseId(words[1], out byte[] bytes) && bytes.Length == Place.IdBytes;
        if (!isGood || addresses.Count == 0)
        {
            error = isGood ? $"{jump.Host} does not say at which address it was reached" : $"the relay on {jump.Host} is not understood";
            return false;
        }

        id = words[1];
        return true;
    }

    private static string TargetText(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
}
