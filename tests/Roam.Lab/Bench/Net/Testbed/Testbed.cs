namespace Roam.Lab;

/// <summary>A near and a far end with an emulated link between them.</summary>
internal abstract class Testbed(EmulatedLink link) : IDisposable
{
    private static string? _noNamespaces;
    private SshFarEnd? _ssh;

    public EmulatedLink Link { get; } = link;

    /// <summary>Put before the command line of a program that is to run at the near end.</summary>
    public abstract string[] EnterNear { get; }

    public abstract string[] EnterFar { get; }

    /// <summary>Whole IP, so that TCP programs meet the same link.</summary>
    public abstract bool CarriesTcp { get; }

    public abstract bool CarriesIpv6 { get; }

    /// <summary>Started when first asked for.</summary>
    public SshFarEnd Ssh => _ssh ??= SshFarEnd.Start(this);

    /// <summary>Who can be measured here.</summary>
    public IEnumerable<SessionPair> Contenders(NetBenchOptions options, bool withSsh = true) =>
        withSsh && options.Ssh && CarriesTcp && SshFarEnd.IsInstalled ? options.Pairs.Append(SessionPair.Ssh) : options.Pairs;

    /// <summary>What a packet and its answer take over the link, without any program; null: cannot be measured here.</summary>
    public abstract Distribution? Probe();

    /// <summary>For servers to listen on.</summary>
    public abstract string FarAddress(bool ipv6);

    /// <summary>The port at which a client reaches the server's port over the link. Where needed, a way for it is made.</summary>
    public abstract int Reach(int serverPort);

    /// <summary>The near end's address changes, for every session, and nobody is told. A number makes it another one each time.</summary>
    public abstract void ChangeNearAddress(int number, bool ipv6);

    /// <summary>Namespaces where they can be had; else UDP over loopback through the same model, and one line that says so.</summary>
    public static Testbed Open(LinkOptions options)
    {
        EmulatedLink link = new(options);
        string reason = _noNamespaces ?? "";
        if (_noNamespaces is null && NamespacePair.TryCreate(link, out reason) is { } pair)
        {
            return new NamespaceTestbed(link, pair);
        }

        if (_noNamespaces is null)
        {
            _noNamespaces = reason;
            Console.WriteLine($"(no network namespaces or TUN here, so UDP over loopback through the same link model, without ssh: {reason})");
        }

        return new LoopbackTestbed(link);
    }

    public void Dispose()
    {
        _ssh?.Dispose();
        Link.Dispose();
        Close();
    }

    protected abstract void Close();
}
