using System.Globalization;
using System.Net;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>The words that options take, read the same way by both command lines. Each false comes with a message that names the word and what would have been right.</summary>
internal static class OptionValues
{
    public static readonly string[] PredictionModes = ["adaptive", "always", "never", "experimental", "stock"];
    public static readonly string[] Families = ["inet", "inet6", "auto", "all", "prefer-inet", "prefer-inet6"];
    public static readonly string[] RemoteIpSources = ["proxy", "local", "remote"];

    public static readonly string[] InstallModes = ["auto", "always", "never"];
    public static readonly string[] Transports = ["auto", "udp", "ssh"];

    public static bool TryParsePrediction(string text, out PredictionMode mode, out string error)
    {
        (mode, error) = text switch
        {
            "adaptive" => (PredictionMode.Adaptive, ""),
            "always" => (PredictionMode.Always, ""),
            "never" => (PredictionMode.Never, ""),
            "experimental" => (PredictionMode.Experimental, ""),
            "stock" => (PredictionMode.Stock, ""),
            _ => (PredictionMode.Adaptive, Unknown("predict mode", text, PredictionModes)),
        };
        return error.Length == 0;
    }

    public static string PredictionName(PredictionMode mode) => mode switch
    {
        PredictionMode.Always => "always",
        PredictionMode.Never => "never",
        PredictionMode.Experimental => "experimental",
        PredictionMode.Stock => "stock",
        _ => "adaptive",
    };

    public static bool TryParseFamily(string text, out FamilyPreference family, out string error)
    {
        (family, error) = text switch
        {
            "inet" => (FamilyPreference.InetOnly, ""),
            "inet6" => (FamilyPreference.Inet6Only, ""),
            "auto" => (FamilyPreference.Auto, ""),
            "all" => (FamilyPreference.All, ""),
            "prefer-inet" => (FamilyPreference.PreferInet, ""),
            "prefer-inet6" => (FamilyPreference.PreferInet6, ""),
            _ => (FamilyPreference.PreferInet, Unknown("address family", text, Families)),
        };
        return error.Length == 0;
    }

    public static string FamilyName(FamilyPreference family) => family switch
    {
        FamilyPreference.InetOnly => "inet",
        FamilyPreference.Inet6Only => "inet6",
        FamilyPreference.Auto => "auto",
        FamilyPreference.All => "all",
        FamilyPreference.PreferInet6 => "prefer-inet6",
        _ => "prefer-inet",
    };

    public static bool TryParseRemoteIp(string text, out RemoteIpSource source, out string error)
    {
        (source, error) = text switch
        {
            "proxy" => (RemoteIpSource.Proxy, ""),
            "local" => (RemoteIpSource.Local, ""),
            "remote" => (RemoteIpSource.Remote, ""),
            _ => (RemoteIpSource.Proxy, Unknown("way to learn the remote address", text, RemoteIpSources)),
        };
        return error.Length == 0;
    }

    public static bool TryParseInstall(string text, out InstallMode mode, out string error)
    {
        (mode, error) = text switch
        {
            "auto" => (InstallMode.Auto, ""),
            "always" => (InstallMode.Always, ""),
            "never" => (InstallMode.Never, ""),
            _ => (InstallMode.Auto, Unknown("way to install", text, InstallModes)),
        };
        return error.Length == 0;
    }

    public static bool TryParseTransport(string text, out TransportChoice transport, out string error)
    {
        (transport, error) = text switch
        {
            "auto" => (TransportChoice.Auto, ""),
            "udp" => (TransportChoice.Udp, ""),
            "ssh" => (TransportChoice.Ssh, ""),
            _ => (TransportChoice.Auto, Unknown("transport", text, Transports)),
        };
        return error.Length == 0;
    }

    public static string TransportName(TransportChoice transport) => transport switch
    {
        TransportChoice.Udp => "udp",
        TransportChoice.Ssh => "ssh",
        _ => "auto",
    };

    public static bool TryParseSharedPort(string text, out int port, out string error)
    {
        bool good = PortRange.TryParsePort(text, out port, out string reason) && port > 0;
        error = good ? "" : reason.Length > 0 ? reason : "a shared port is one port, not 0";
        return good;
    }

    public static bool TryParseBindServer(string text, out string error)
    {
        bool good = text is WrapperOptions.BindServerSsh or WrapperOptions.BindServerAny || IsNumericAddress(text);
        error = good ? "" : $"unknown address to bind \"{text}\": ssh, any or a numeric IP address";
        return good;
    }

    public static bool TryParseHistoryLines(string text, out int lines, out string error)
    {
        bool isGood = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out lines) && lines <= HistoryLog.LinesMax;
        error = isGood ? "" : $"a number of lines from 0 to {HistoryLog.LinesMax} is needed, not \"{text}\"";
        return isGood;
    }

    /// <summary>The letter of ssh's option, and its words.</summary>
    public static bool TryParseForward(string letter, string text, out ForwardSpec spec, out string error)
    {
        ForwardKind kind = letter switch
        {
            "L" => ForwardKind.Local,
            "R" => ForwardKind.Remote,
            _ => ForwardKind.Dynamic,
        };
        bool isGood = ForwardSpec.TryParse(kind, text, out spec, out string reason) && (letter is "L" or "R" or "D");
        error = isGood ? "" : $"bad forward -{letter} {text}: {reason}";
        return isGood;
    }

    public static bool TryParsePort(string text, out PortRange range, out string error)
    {
        bool good = PortRange.TryParse(text, out range, out string reason);
        error = good ? "" : $"bad port or range \"{text}\": {reason}";
        return good;
    }

    /// <summary>Dotted quad of four parts, or IPv6 with or without a zone.</summary>
    public static bool IsNumericAddress(string text) =>
        IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

    private static string Unknown(string what, string text, string[] known) => $"unknown {what} \"{text}\": one of {string.Join(", ", known)}";
}
