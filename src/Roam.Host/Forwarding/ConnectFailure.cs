using Roam.Transport;

namespace Roam.Host;

/// <summary>Why a connection could not be made: in words for people, which the other end of the stream turns into SOCKS's numbers.</summary>
internal static class ConnectFailure
{
    private const string Refused = "Connection refused";
    private const string NetUnreachable = "Network is unreachable";
    private const string HostUnreachable = "No route to host";
    private const string TimedOut = "Connection timed out";
    public const string UnknownName = "Name not found";

    // RFC 1928, section 6.
    private const byte SocksFailure = 1;
    private const byte SocksForbidden = 2;
    private const byte SocksNetUnreachable = 3;
    private const byte SocksHostUnreachable = 4;
    private const byte SocksRefused = 5;

    public static string TextOf(int errno) => errno switch
    {
        Libc.ECONNREFUSED => Refused,
        Libc.ENETUNREACH => NetUnreachable,
        Libc.EHOSTUNREACH => HostUnreachable,
        Libc.ETIMEDOUT => TimedOut,
        _ => Libc.ErrorText(errno),
    };

    public static byte SocksReplyOf(StreamRefusal refusal, string text)
    {
        if (refusal != StreamRefusal.Failed)
        {
            return refusal == StreamRefusal.Forbidden ? SocksForbidden : SocksFailure;
        }

        return text switch
        {
            _ when text.EndsWith(Refused, StringComparison.Ordinal) => SocksRefused,
            _ when text.EndsWith(NetUnreachable, StringComparison.Ordinal) => SocksNetUnreachable,
            _ when text.EndsWith(HostUnreachable, StringComparison.Ordinal) || text.EndsWith(TimedOut, StringComparison.Ordinal) => SocksHostUnreachable,
            _ when text.EndsWith(UnknownName, StringComparison.Ordinal) => SocksHostUnreachable,
            _ => SocksFailure,
        };
    }
}
