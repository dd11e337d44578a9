using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// One place where the server can be reached: `ADDRESS;PORT` or `ADDRESS;PORT;ID`. The id is put before every datagram that goes there: a relay or a shared port knows by it
/// whose datagram it is. Several ids in a row lead through several of them.
/// </summary>
public sealed class Place
{
    /// <summary>What a relay and a shared port ask for.</summary>
    public const int IdBytes = 16;

    /// <summary>Four relays in a row: more have not been seen, and the datagrams' size suffers.</summary>
    public const int IdBytesMax = 4 * IdBytes;

    private const char Separator = ';';

    private Place(PeerAddress address, byte[] id)
    {
        Address = address;
        Id = id;
    }

    public PeerAddress Address { get; }

    /// <summary>Empty: an ordinary server.</summary>
    public ReadOnlyMemory<byte> Id { get; }

    /// <summary>Numeric addresses only: a place is tried as it is, at once.</summary>
    public static bool TryParse(string text, out Place place)
    {
        place = null!;
        string[] words = text.Split(Separator);
        if (words.Length is not (2 or 3)
            || !ushort.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            || port == 0
            || !TryParseId(words.Length == 3 ? words[2] : "", out byte[] id)
            || !AddressLookup.TryResolve(words[0], port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out _))
        {
            return false;
        }

        place = new Place(found[0], id);
        return true;
    }

    /// <summary>Hexadecimal digits of whole ids; an empty text is none.</summary>
    public static bool TryParseId(string text, out byte[] id)
    {
        id = [];
        if (text.Length % (2 * IdBytes) != 0 || text.Length > 2 * IdBytesMax || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        id = Convert.FromHexString(text);
        return true;
    }

    public static string TextOf(ReadOnlySpan<byte> id) => Convert.ToHexStringLower(id);

    public override string ToString()
    {
        string place = SocketAddress.TextOf(Address) + Separator + SocketAddress.PortOf(Address).ToString(CultureInfo.InvariantCulture);
        return Id.IsEmpty ? place : place + Separator + TextOf(Id.Span);
    }
}
