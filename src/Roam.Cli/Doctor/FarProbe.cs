using System.Globalization;
using Roam.Host;
using Roam.Transport;

namespace Roam.Cli;

/// <summary>One login for the doctor: a script that tells facts, then the echo of a usable Roam, both in the same ssh. Nothing is changed on the far side.</summary>
internal sealed class FarProbe : IDisposable
{
    /// <summary>Questions about host keys and passwords are answered by a person.</summary>
    private const long LoginMillis = 120_000;
    private const long FactsMillis = 30_000;

    /// <summary>Lines of noise that are kept to be shown.</summary>
    private const int NoiseMax = 8;

    private const string Start = "ROAM FACTS";
    private const string End = "ROAM FACTS END";
    private const string EchoPrefix = "ROAM ECHO ";
    private const string AddressesPrefix = "ROAM ADDRESSES ";
    private const string PongPrefix = "ROAM PONG ";

    /// <summary>
    /// POSIX sh. Neither quote, backslash, exclamation mark nor line end is in it, so that it survives every login shell between single quotes. $1: the script of every login, which finds a usable Roam and becomes its echo; $2: the UDP ports.
    /// </summary>
    private const string Script =
        "echo; echo ROAM FACTS; f() { n=$1; shift; echo \"ROAM FACT $n $*\"; }; " +
        "f system $(uname -s) $(uname -m); f time $(date +%s); f shell $SHELL; f connection $SSH_CONNECTION; " +
        "f charmap $(locale charmap 2>/dev/null); f locale ${LC_ALL:-${LC_CTYPE:-$LANG}}; f utf8locales $(locale -a 2>/dev/null | grep -ci utf); " +
        "f home $HOME; c=${XDG_CACHE_HOME:-$HOME/.cache}; d=$c; until [ -z \"$d\" ] || [ -d \"$d\" ]; do d=${d%/*}; done; f cache $c; " +
        "[ -w \"${d:-/}\" ] && f writable yes; f room $(df -Pk \"${d:-/}\" 2>/dev/null | tail -n 1); " +
        "PATH=$PATH:$HOME/.local/bin:/usr/local/bin:/opt/homebrew/bin:/opt/local/bin; f named $(command -v roam 2>/dev/null); " +
        "m=$(command -v mosh-server 2>/dev/null); [ -n \"$m\" ] && f mosh $m && f moshversion $($m --version 2>&1 </dev/null | head -n 1); " +
        "if [ -d /run/systemd/system ]; then f systemd yes; f kill $(loginctl show-session -p KillUserProcesses 2>/dev/null); " +
        "f linger $(loginctl show-user $(id -un) -p Linger 2>/dev/null); command -v systemd-run >/dev/null 2>&1 && f scope yes; fi; " +
        "echo ROAM FACTS END; exec /bin/sh -c \"$1\" roam find \"\" 0 far --echo $2";

    private readonly TalkingChild _ssh;
    private int _pings;

    private FarProbe(TalkingChild ssh) => _ssh = ssh;

    public FarFacts Facts { get; } = new();

    /// <summary>What start files printed before anything of ours.</summary>
    public List<string> Noise { get; } = [];

    /// <summary>ssh's own words.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>From ssh's start to the first line of ours.</summary>
    public long LoginMicros { get; private set; }

    /// <summary>Between the question for the far clock and its answer this much time may have passed: half of it is the error.</summary>
    public long WallSeconds { get; private set; }

    public int EchoPort { get; private set; }

    public EchoCodec? Echo { get; private set; }

    /// <summary>Addresses that the far side says are its own.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public static string Command(PortRange? ports) =>
        $"exec /bin/sh -c {ShellWords.Quote(Script)} roam {ShellWords.QuoteAll([FarScript.Text, .. ports is { } range ? (string[])["-p" + range.ToString()] : []])}";

    /// <summary>Null: no login; complaints are what ssh said.</summary>
    public static FarProbe? TryLogIn(List<string> ssh, PortRange? ports, out string error, out int exitCode, out List<string> complaints)
    {
        exitCode = 0;
        complaints = [];
        TalkingChild? child = TalkingChild.TryStart([.. ssh, "--", Command(ports)], out error);
        if (child is null)
        {
            return null;
        }

        FarProbe probe = new(child);
        Instant start = SystemClock.Now;
        if (probe.ReadUntil(Start, start.PlusMillis(LoginMillis), isNoise: true))
        {
            probe.LoginMicros = SystemClock.Now.Micros - start.Micros;
            probe.ReadFacts();
            return probe;
        }

        complaints = probe.Complaints.Count > 0 ? probe.Complaints : probe.Noise;
        error = child.Ended ? "" : "no answer in two minutes";
        exitCode = child.Finish();
        return null;
    }

    /// <summary>The time that a line takes to the far side and back, through ssh. 0: no answer.</summary>
    public long PingMicros()
    {
        const long WaitMillis = 5_000;
        _pings++;
        string number = _pings.ToString(CultureInfo.InvariantCulture);
        Instant start = SystemClock.Now;
        _ssh.Write($"PING {number}\n");
        return ReadUntil(PongPrefix + number, start.PlusMillis(WaitMillis), isNoise: false) ? Math.Max(SystemClock.Now.Micros - start.Micros, 1) : 0;
    }

    public void Dispose() => _ssh.Dispose();

    private void ReadFacts()
    {
        Instant until = SystemClock.Now.PlusMillis(FactsMillis);
        _ = ReadUntil(End, until, isNoise: false);
        while (EchoPort == 0 && _ssh.TryReadLine(until, out string line, out bool isError))
        {
            Take(line, isError, isNoise: false);
        }
    }

    private bool ReadUntil(string wanted, Instant until, bool isNoise)
    {
        while (_ssh.TryReadLine(until, out string line, out bool isError))
        {
            if (!isError && line == wanted)
            {
                return true;
            }

            Take(line, isError, isNoise);
        }

        return false;
    }

    private void Take(string line, bool isError, bool isNoise)
    {
        if (isError)
        {
            Keep(Complaints, line);
        }
        else if (line.StartsWith(EchoPrefix, StringComparison.Ordinal))
        {
            string[] words = line[EchoPrefix.Length..].Split(' ');
            if (words.Length == 2 && PortRange.TryParsePort(words[0], out int port, out _) && SessionKey.TryParse(words[1], out SessionKey key))
            {
                EchoPort = port;
                Echo = new EchoCodec(answers: false, key);
            }
        }
        else if (line.StartsWith(AddressesPrefix, StringComparison.Ordinal))
        {
            Addresses = [.. line[AddressesPrefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(OptionValues.IsNumericAddress).Take(PeerCandidates.CountMax)];
        }
        else if (Facts.TryTake(line))
        {
            WallSeconds = line.StartsWith(FarFacts.Prefix + "time ", StringComparison.Ordinal) ? SelfTest.WallSeconds : WallSeconds;
        }
        else if (isNoise && line.Length > 0)
        {
            Keep(Noise, line);
        }
    }

    private static void Keep(List<string> lines, string line)
    {
        if (lines.Count == NoiseMax)
        {
            lines.RemoveAt(0);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }
    }
}
