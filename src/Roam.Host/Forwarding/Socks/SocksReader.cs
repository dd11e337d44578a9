using System.Buffers.Binary;
using System.Net;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The words of a SOCKS client before its connection begins: version 5 (RFC 1928) without authentication, 4 and 4a (the documents of NEC and of Ying-Da Lee). CONNECT alone is served.
/// Names are not looked up here: they go to the other end.
/// </summary>
internal sealed class SocksReader
{
    private const byte Version4 = 4;
    private const byte Version5 = 5;
    private const byte Connect = 1;
    private const byte NoAuthentication = 0;
    private const byte NoMethod = 0xFF;

    // RFC 1928, section 5.
    private const byte TypeIPv4 = 1;
    private const byte TypeName = 3;
    private const byte TypeIPv6 = 4;

    // RFC 1928, section 6.
    private const byte Failed5 = 1;
    private const byte Forbidden5 = 2;
    private const byte HostUnreachable5 = 4;
    private const byte Refused5 = 5;
    private const byte NoCommand5 = 7;
    private const byte NoAddressType5 = 8;

    private const byte Granted4 = 90;
    private const byte Rejected4 = 91;

    private const int NameBytesMax = 255;

    private readonly byte[] _reply = new byte[16];
    private int _replyBytes;
    private bool _isGreeted;
    private byte _version;

    /// <summary>After <see cref="SocksStep.Ask"/>.</summary>
    public ForwardPlace Place { get; private set; } = ForwardPlace.OfPort("", 0);

    /// <summary>To be sent after <see cref="SocksStep.Answer"/> and <see cref="SocksStep.Bad"/>, and after <see cref="Conclude"/>.</summary>
    public ReadOnlySpan<byte> Reply => _reply.AsSpan(0, _replyBytes);

    /// <summary>Reads from the first byte that was not used before.</summary>
    public SocksStep Take(ReadOnlySpan<byte> bytes, out int used)
    {
        used = 0;
        _replyBytes = 0;
        if (bytes.IsEmpty)
        {
            return SocksStep.More;
        }

        if (_isGreeted)
        {
            return TakeRequest5(bytes, out used);
        }

        _version = bytes[0];
        return _version switch
        {
            Version4 => TakeRequest4(bytes, out used),
            Version5 => TakeGreeting5(bytes, out used),
            _ => SocksStep.Bad,
        };
    }

    /// <summary>What became of the connection, as a reply. The address that RFC 1928 wants in it is not known here, and no client looks at it: zeros, as ssh sends.</summary>
    public void Conclude(StreamRefusal? refusal)
    {
        if (_version == Version4)
        {
            Set4(refusal is null ? Granted4 : Rejected4);
            return;
        }

        Set5(refusal switch
        {
            null => 0,
            StreamRefusal.Forbidden => Forbidden5,
            StreamRefusal.Refused => Refused5,
            StreamRefusal.Unreachable or StreamRefusal.UnknownName => HostUnreachable5,
            _ => Failed5,
        });
    }

    private SocksStep TakeGreeting5(ReadOnlySpan<byte> bytes, out int used)
    {
        used = 0;
        if (bytes.Length < 2 || bytes.Length < 2 + bytes[1])
        {
            return SocksStep.More;
        }

        used = 2 + bytes[1];
        _isGreeted = bytes[2..used].Contains(NoAuthentication);
        (_reply[0], _reply[1], _replyBytes) = (Version5, _isGreeted ? NoAuthentication : NoMethod, 2);
        return _isGreeted ? SocksStep.Answer : SocksStep.Bad;
    }

    private SocksStep TakeRequest5(ReadOnlySpan<byte> bytes, out int used)
    {
        const int HeadBytes = 4;
        used = 0;
        if (bytes.Length <= HeadBytes)
        {
            return SocksStep.More;
        }

        if (bytes[0] != Version5)
        {
            return Bad5(Failed5);
        }

        int start = HeadBytes;
        int length;
        switch (bytes[3])
        {
            case TypeIPv4:
                length = 4;
                break;
            case TypeIPv6:
                length = 16;
                break;
            case TypeName:
                length = bytes[HeadBytes];
                start++;
                break;
            default:
                return Bad5(NoAddressType5);
        }

        if (bytes.Length < start + length + 2)
        {
            return SocksStep.More;
        }

        used = start + length + 2;
        ReadOnlySpan<byte> address = bytes.Slice(start, length);
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[(used - 2)..]);
        if (bytes[1] != Connect)
        {
            return Bad5(NoCommand5);
        }

        return TrySetPlace(bytes[3] == TypeName ? Encoding.UTF8.GetString(address) : new IPAddress(address).ToString(), port) ? SocksStep.Ask : Bad5(Failed5);
    }

    private SocksStep TakeRequest4(ReadOnlySpan<byte> bytes, out int used)
    {
        const int HeadBytes = 8;
        used = 0;
        if (bytes.Length <= HeadBytes)
        {
            return SocksStep.More;
        }

        int userBytes = bytes[HeadBytes..].IndexOf((byte)0);
        if (userBytes < 0)
        {
            return bytes.Length > HeadBytes + NameBytesMax ? Bad4() : SocksStep.More;
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        int end = HeadBytes + userBytes + 1;
        string host = new IPAddress(bytes.Slice(4, 4)).ToString();

        // 4a: an address of 0.0.0.x, x not 0, says that a name follows.
        if (bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] != 0)
        {
            int nameBytes = bytes[end..].IndexOf((byte)0);
            if (nameBytes < 0)
            {
                return bytes.Length > end + NameBytesMax ? Bad4() : SocksStep.More;
            }

            host = Encoding.UTF8.GetString(bytes.Slice(end, nameBytes));
            end += nameBytes + 1;
        }

        used = end;
        return bytes[1] == Connect && TrySetPlace(host, port) ? SocksStep.Ask : Bad4();
    }

    private bool TrySetPlace(string host, int port)
    {
        Place = ForwardPlace.OfPort(host, port);
        return host.Length > 0 && port > 0 && ForwardPlace.IsHostGood(host);
    }

    private SocksStep Bad4()
    {
        Set4(Rejected4);
        return SocksStep.Bad;
    }

    private SocksStep Bad5(byte code)
    {
        Set5(code);
        return SocksStep.Bad;
    }

    private void Set4(byte code)
    {
        const int Bytes = 8;
        _reply.AsSpan().Clear();
        (_reply[1], _replyBytes) = (code, Bytes);
    }

    private void Set5(byte code)
    {
        const int Bytes = 10;
        _reply.AsSpan().Clear();
        (_reply[0], _reply[1], _reply[3], _replyBytes) = (Version5, code, TypeIPv4, Bytes);
    }
}
