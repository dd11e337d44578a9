using System.Globalization;

namespace Roam.Lab;

/// <summary>A session with a forwarded port to a bulk source: by ssh -L, by roam -L, or nothing but the plain connection to compare with.</summary>
internal sealed class ForwardRig : IDisposable
{
    public const string Ssh = "ssh -L";
    public const string Roam = "roam -L";
    public const string Plain = "plain TCP";

    private const double StartSeconds = 60;
    private const string NearPort = "40022";

    private readonly Testbed _bed;
    private readonly BulkSource _source;
    private readonly bool _isLocal;

    private ForwardRig(string name, Testbed bed, bool isLocal, string predict)
    {
        (Name, _bed, _isLocal) = (name, bed, isLocal);
        _source = BulkSource.Start(bed);
        if (name == Plain)
        {
            return;
        }

        string spec = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{NearPort}:127.0.0.1:{_source.Port}");
        string destination = SshFarEnd.Destination(isLocal ? "127.0.0.1" : bed.FarAddress(ipv6: false));
        string[] enter = isLocal ? bed.EnterFar : bed.EnterNear;
        string[] command = ProgramVerb.CommandOf("echo");
        string[] line = name == Ssh
            ? [.. enter, .. bed.Ssh.Words, "-tt", "-L", spec, destination, string.Join(' ', command.Select(word => $"'{word}'"))]
            : [.. enter, "out/roam", "-L", spec, "--ssh=" + string.Join(' ', bed.Ssh.Words), destination, "--", .. command];
        Session = LiveSession.StartLine(bed, name, line, "MOSH_PREDICTION_DISPLAY=" + predict);
        Watch = new SessionWatch([Session]);
        Watch.UntilOrThrow(() => Session.Shows(EchoProgram.Ready), StartSeconds, $"the program behind {name}");
    }

    public string Name { get; }

    /// <summary>The session beside the forwarding; null: a plain connection has none.</summary>
    public LiveSession? Session { get; }

    public SessionWatch? Watch { get; }

    private string ReaderNamespace => (_isLocal ? _bed.EnterFar : _bed.EnterNear)[^1];

    /// <summary>Null, and said why: it cannot be measured here.</summary>
    public static Testbed? OpenBed(string scenario, LinkOptions link)
    {
        Testbed bed = Testbed.Open(link);
        if (!bed.CarriesTcp || !SshFarEnd.IsInstalled)
        {
            Console.WriteLine($"{scenario}: left out, as it needs network namespaces and sshd\n");
            bed.Dispose();
            return null;
        }

        foreach (string[] enter in (string[][])[bed.EnterNear, bed.EnterFar])
        {
            // What most have.
            NamespacePair.SetCongestionControl(enter[^1], "cubic");
        }

        return bed;
    }

    /// <summary>Local: all in the far namespace, over its loopback.</summary>
    public static ForwardRig Start(string name, Testbed bed, string predict, bool isLocal = false) => new(name, bed, isLocal, predict);

    /// <summary>A transfer through it.</summary>
    public BulkReader Transfer() => Name == Plain
        ? PlainTransfer()
        : BulkReader.Connect(ReaderNamespace, "127.0.0.1", int.Parse(NearPort, CultureInfo.InvariantCulture));

    /// <summary>A transfer beside it, over the same link.</summary>
    public BulkReader PlainTransfer() => BulkReader.Connect(ReaderNamespace, _isLocal ? "127.0.0.1" : _bed.FarAddress(ipv6: false), _source.Port);

    /// <summary>Time passes; pictures are taken in meanwhile.</summary>
    public void Rest(double seconds)
    {
        if (Watch is { } watch)
        {
            watch.Rest(seconds);
        }
        else
        {
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
        }
    }

    /// <summary>CPU time of both sides' programs so far.</summary>
    public (double NearMillis, double FarMillis) Cpu() => Session is { } session ? SideCpu.Of(session.ClientPid, _bed.EnterFar[^1]) : (0, 0);

    public void Dispose()
    {
        Session?.Dispose();
        _source.Dispose();
    }
}
