using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The command line of `roam relay`: one that runs here, or with --find the bastions on the way to a host.</summary>
internal sealed class RelayArguments
{
    public const string Usage =
        "Usage: roam relay --to HOST:PORT [-p PORT[:PORT2]] [--idle TIME] [--ids N]\n"
        + "       roam relay --find --to HOST:PORT [--id HEX] [--install WHEN] -- SSH... HOST\n";

    /// <summary>Relays on the way behind this one.</summary>
    private const int InnerIdsMax = (Place.IdBytesMax / Place.IdBytes) - 1;

    public string TargetHost { get; private set; } = "";

    public int TargetPort { get; private set; }

    public PortRange Ports { get; private set; } = PortRange.Default;

    public long IdleMillis { get; private set; } = RelayOptions.IdleMillisDefault;

    public int InnerIds { get; private set; }

    /// <summary>--find: start relays on the bastions of the ssh command, instead of one here.</summary>
    public bool Find { get; private set; }

    /// <summary>--id: what the server itself asks for before a datagram (a shared port).</summary>
    public byte[] TargetId { get; private set; } = [];

    /// <summary>--install: whether Roam is put on a bastion that has none.</summary>
    public InstallMode Install { get; private set; }

    /// <summary>After --: ssh's words with the user's options, the host last.</summary>
    public string[] SshWords { get; private set; } = [];

    /// <summary>False: error says what is wrong.</summary>
    public static bool TryParse(string[] arguments, out RelayArguments parsed, out string error)
    {
        parsed = new RelayArguments();
        error = "";
        for (int i = 0; i < arguments.Length && error.Length == 0; i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                parsed.SshWords = arguments[(i + 1)..];
                break;
            }

            if (word == "--find")
            {
                parsed.Find = true;
                continue;
            }

            int equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
            string name = equals < 0 ? word : word[..equals];
            string? value = equals >= 0 ? word[(equals + 1)..] : i + 1 < arguments.Length ? arguments[++i] : null;
            error = value is null ? $"{name} needs a value, or is no option" : parsed.Set(name, value);
        }

        error = error.Length > 0 ? error : parsed.WhatIsMissing();
        return error.Length == 0;
    }

    /// <summary>"host:60001", "[2001:db8::1]:60001".</summary>
    public static bool TryParseTarget(string text, out string host, out int port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon];
        port = 0;
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            // An IPv6 address without brackets: where it ends is anybody's guess.
            return false;
        }

        return host.Length > 0 && PortRange.TryParsePort(text.AsSpan(colon + 1), out port, out _) && port > 0;
    }

    /// <summary>"90", "90s", "30m", "12h", "7d".</summary>
    public static bool TryParseTime(string text, out long millis)
    {
        const long SecondsMax = 3_155_760_000; // 100 years: more would overflow the clock's microseconds.
        (long unit, int digits) = text.Length == 0 ? (0, 0) : text[^1] switch
        {
            's' => (1, text.Length - 1),
            'm' => (60, text.Length - 1),
            'h' => (3600, text.Length - 1),
            'd' => (86_400, text.Length - 1),
            _ => (1L, text.Length),
        };
        bool good = long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0 && count <= SecondsMax / unit;
        millis = good ? count * unit * 1000 : 0;
        return good;
    }

    private string Set(string name, string value)
    {
        switch (name)
        {
            case "--to":
                bool isTarget = TryParseTarget(value, out string host, out int port);
                (TargetHost, TargetPort) = (host, port);
                return isTarget ? "" : $"--to wants HOST:PORT, or [IPV6]:PORT, not \"{value}\"";
            case "-p" or "--port":
                bool isRange = PortRange.TryParse(value, out PortRange range, out string reason);
                Ports = range;
                return isRange ? "" : $"bad UDP port or range ({value}): {reason}";
            case "--idle":
                bool isTime = TryParseTime(value, out long millis);
                IdleMillis = millis;
                return isTime ? "" : $"--idle wants a time such as 90s, 30m, 12h or 7d, not \"{value}\"";
            case "--ids":
                bool isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= InnerIdsMax;
                InnerIds = count;
                return isCount ? "" : $"--ids wants a number from 0 to {InnerIdsMax}";
            case "--install":
                _ = OptionValues.TryParseInstall(value, out InstallMode mode, out string modeError);
                Install = mode;
                return modeError;
            case "--id":
                bool isId = Place.TryParseId(value, out byte[] id);
                TargetId = id;
                return isId ? "" : "--id wants the hexadecimal digits of ROAM VIA";
            default:
                return $"unknown option {name}";
        }
    }

    private string WhatIsMissing() =>
        TargetHost.Length == 0 || TargetPort == 0 ? "--to HOST:PORT is needed"
        : Find && SshWords.Length < 2 ? "after -- the ssh command and the host are needed"
        : !Find && SshWords.Length > 0 ? $"\"{SshWords[0]}\" is not expected"
        : "";
}
