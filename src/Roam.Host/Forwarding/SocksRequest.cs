using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>
/// The server's half of a SOCKS handshake, pure: bytes in, bytes out. SOCKS 5 without authentication (RFC 1928), SOCKS 4 and 4a (the documents of Ying-Da Lee); CONNECT only. A name goes to
/// the far end as it is.
/// </summary>
internal sealed class SocksRequest
{
    private const byte Version4 = 4;
    private const byte Version5 = 5;
    private const byte CommandConnect = 1;
    private const byte NoAuthentication = 0;
    private const byte NoMethod = 0xFF;
    private const byte AddressIPv4 = 1;
    private const byte AddressName = 3;
    private const byte AddressIPv6 = 4;
    private const byte ReplyCommandUnknown = 7;
    private const byte ReplyAddressUnknown = 8;
    private const byte Reply4Granted = 90;
    private const byte Reply4Rejected = 91;

    private byte _version;
    private bool _isGreeted;

    /// <summary>What is asked for, once <see cref="SocksState.Complete"/> is reached.</summary>
    public ForwardTarget? Target { get; private set; }

    /// <summary>To be sent now, before the state is acted upon.</summary>
    public byte[] Answer { get; private set; } = [];

    /// <summary>Takes as much as belongs to the handshake from the front of what has come.</summary>
    public SocksState Take(ref ReadOnlySpan<byte> bytes)
    {
        Answer = [];
        if (bytes.IsEmpty)
        {
            return SocksState.More;
        }

        if (_version == 0)
        {
            _version = bytes[0];
        }

        return _version switch
        {
            Version4 => Take4(ref bytes),
            Version5 => _isGreeted ? Take5(ref bytes) : TakeGreeting(ref bytes),
            _ => SocksState.Bad,
        };
    }

    /// <summary>The last word of the handshake; 0 is success, other numbers are those of RFC 1928, section 6.</summary>
    public byte[] Reply(byte code) => _version == Version4
        ? [0, code == 0 ? Reply4Granted : Reply4Rejected, 0, 0, 0, 0, 0, 0]
        : [Version5, code, 0, AddressIPv4, 0, 0, 0, 0, 0, 0];

    private SocksState TakeGreeting(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes.Length < 2 + bytes[1])
        {
            return SocksState.More;
        }

        bool isFree = bytes.Slice(2, bytes[1]).Contains(NoAuthentication);
        bytes = bytes[(2 + bytes[1])..];
        Answer = [Version5, isFree ? NoAuthentication : NoMethod];
        _isGreeted = true;
        return isFree ? SocksState.Greeted : SocksState.Bad;
    }

    private SocksState Take5(ref ReadOnlySpan<byte> bytes)
    {
        const int AddressOffset = 4;
        if (bytes.Length < AddressOffset + 1)
        {
            return SocksState.More;
        }

        byte kind = bytes[3];
        int addressBytes = kind switch
        {
            AddressIPv4 => 4,
            AddressIPv6 => 16,
            AddressName => 1 + bytes[AddressOffset],
            _ => 0,
        };
        if (bytes[0] != Version5 || addressBytes == 0)
        {
            Answer = Reply(ReplyAddressUnknown);
            return SocksState.Bad;
        }

        if (bytes.Length < AddressOffset + addressBytes + 2)
        {
            return SocksState.More;
        }

        if (bytes[1] != CommandConnect)
        {
            Answer = Reply(ReplyCommandUnknown);
            return SocksState.Bad;
        }

        ReadOnlySpan<byte> address = bytes.Slice(AddressOffset, addressBytes);
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[(AddressOffset + addressBytes)..]);
        bytes = bytes[(AddressOffset + addressBytes + 2)..];
        return SetTarget(kind == AddressName ? Encoding.UTF8.GetString(address[1..]) : new System.Net.IPAddress(address).ToString(), port);
    }

    private SocksState Take4(ref ReadOnlySpan<byte> bytes)
    {
        const int UserOffset = 8;
        int userBytes = bytes.Length < UserOffset ? -1 : bytes[UserOffset..].IndexOf((byte)0);
        if (userBytes < 0)
        {
            return SocksState.More;
        }

        if (bytes[1] != CommandConnect)
        {
            Answer = Reply(1);
            return SocksState.Bad;
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        ReadOnlySpan<byte> address = bytes.Slice(4, 4);
        ReadOnlySpan<byte> rest = bytes[(UserOffset + userBytes + 1)..];

        // 4a: an address 0.0.0.x, which is none, says that a name follows.
        bool isName = address[..3].IndexOfAnyExcept((byte)0) < 0 && address[3] != 0;
        int nameBytes = isName ? rest.IndexOf((byte)0) : -1;
        if (isName && nameBytes < 0)
        {
            return SocksState.More;
        }

        string host = isName ? Encoding.UTF8.GetString(rest[..nameBytes]) : string.Create(CultureInfo.InvariantCulture, $"{address[0]}.{address[1]}.{address[2]}.{address[3]}");
        bytes = rest[(nameBytes + 1)..];
        return SetTarget(host, port);
    }

    private SocksState SetTarget(string host, int port)
    {
        if (host.Length == 0 || port == 0 || host.AsSpan().ContainsAnyInRange('\0', ' ') || host.Contains('[', StringComparison.Ordinal))
        {
            Answer = Reply(1);
            return SocksState.Bad;
        }

        Target = ForwardTarget.OfTcp(host, port);
        return SocksState.Complete;
    }
}
