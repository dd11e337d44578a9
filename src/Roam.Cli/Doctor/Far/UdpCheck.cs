using System.Globalization;
using Roam.Host;
using Roam.Transport;

namespace Roam.Cli;

/// <summary>Every place that a session would try: does it answer, how fast, what is lost, how long may a datagram be.</summary>
internal sealed class UdpCheck : Check
{
    /// <summary>More than so many lost of a series is no chance any more.</summary>
    private const int LostMany = EchoProbe.SeriesCount / 10;

    public override string Name => "udp";

    public override string Progress => "sending datagrams to each address";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        if (examination.Far is not { Echo: { } codec } far)
        {
            return [Finding.Skipped(examination.Far is null ? "no login" : "no usable roam there to answer; start a session once, which puts it there")];
        }

        List<PlaceReport> reports = [.. Places(examination, far).Select(p => EchoProbe.Measure(p, far.EchoPort, codec))];
        examination.UdpAnswers = reports.Any(r => r.Answers);
        string port = far.EchoPort.ToString(CultureInfo.InvariantCulture);
        return reports.Count == 0 ? [Finding.Warning("no address of the host is known", "A session goes through ssh.")] : reports.Select(r => Judge(r, port, examination));
    }

    /// <summary>Where ssh arrived, what the name says here, what the host says of itself; each once, at most as many as a session tries.</summary>
    private static List<string> Places(Examination examination, FarProbe far)
    {
        List<string> places = [];
        if (ServerArguments.AddressOfSshConnection(far.Facts["connection"]) is { } arrived)
        {
            places.Add(arrived);
        }

        string name = examination.Settings.HostName.Length > 0 ? examination.Settings.HostName : examination.HostName;
        if (NameResolver.TryResolve(name, FamilyPreference.PreferInet, out string[] resolved, out _))
        {
            places.AddRange(resolved);
        }

        places.AddRange(far.Addresses);
        return [.. places.Distinct().Take(PeerCandidates.CountMax)];
    }

    private static Finding Judge(PlaceReport report, string port, Examination examination)
    {
        (string, object)[] facts =
        [
            ("address", report.Address), ("ipv6", report.IsIPv6), ("answers", report.Answers), ("sent", report.Sent), ("lost", report.Lost), ("minMillis", report.MinMicros / 1000.0),
            ("medianMillis", report.MedianMicros / 1000.0), ("bytesMax", report.BytesMax), ("seenAs", report.SeenAs), ("answeredFrom", report.AnsweredFrom),
        ];
        return Judge(report, port, examination, facts) with { Subject = report.Address };
    }

    private static Finding Judge(PlaceReport report, string port, Examination examination, (string, object)[] facts)
    {
        if (!report.Answers)
        {
            string why = report.Refusal.Length > 0 ? $"nothing could be sent ({report.Refusal})" : $"no answer from UDP port {port} in 2 s";
            bool isNeeded = !examination.UdpAnswers;
            string advice = !isNeeded ? "Another address answers: a session uses that one."
                : examination.Settings.ProxyJump.Length > 0 ? "Sessions go through ssh, or by a relay on the bastion: its firewall must let UDP 60001-60999 in."
                : "Sessions go through ssh. For the quick way let UDP 60001-60999 through the host's firewall.";
            return isNeeded ? Finding.Warning(why, advice, facts) : Finding.Ok($"{why}; another address does", facts);
        }

        string text = FormattableString.Invariant(
            $"answers in {report.MedianMicros / 1000.0:0.00} ms (least {report.MinMicros / 1000.0:0.00}), {report.Lost} of {report.Sent} lost, up to {report.BytesMax} bytes");
        int usual = SspLimits.PacketBytes - (report.IsIPv6 ? SspLimits.IPv6OverheadBytes : SspLimits.IPv4OverheadBytes);
        if (report.AnsweredFrom.Length > 0)
        {
            return Finding.Warning($"{text}; the answers come from {report.AnsweredFrom}", "A NAT on the way may refuse them. Bind the server to the address: --bind-server=IP.", facts);
        }

        if (report.Lost > LostMany)
        {
            return Finding.Warning(text, "Sessions work, with delays: look at the wireless link or the line.", facts);
        }

        return report.BytesMax < usual
            ? Finding.Warning(text, $"A session begins with {usual} bytes and finds the smaller size by itself; a tunnel on the way has a small MTU.", facts)
            : Finding.Ok(text, facts);
    }
}
