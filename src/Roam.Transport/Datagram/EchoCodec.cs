using System.Buffers.Binary;
using System.Text;

namespace Roam.Transport;

/// <summary>
/// Datagrams that measure a path: sealed as a session's are (<see cref="DatagramCodec"/>), with a number, a short text and zeros up to the wanted size. The answer has
/// the question's number and size, so a host that answers makes no traffic grow, and answers nobody who has not got the key.
/// </summary>
public sealed class EchoCodec
{
    /// <summary>The least size that has room for the number and a text.</summary>
    public const int DatagramBytesMin = DatagramCodec.OverheadBytes + NumberBytes + 1 + TextBytesMax;

    /// <summary>Longer ones are cut: an IPv6 address with zone and port fits.</summary>
    public const int TextBytesMax = 64;

    private const int NumberBytes = 4;

    private readonly DatagramCodec _codec;

    public EchoCodec(bool answers, in SessionKey key) => _codec = new DatagramCodec(answers ? Side.Server : Side.Client, key);

    /// <summary>Fills the whole span, at least <see cref="DatagramBytesMin"/> bytes of it.</summary>
    public void Seal(Span<byte> datagram, uint number, string text)
    {
        Span<byte> body = datagram[DatagramCodec.HeaderBytes..^Aead.TagBytes];
        body.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(body, number);
        _ = Encoding.UTF8.TryGetBytes(text, body.Slice(NumberBytes + 1, TextBytesMax), out int length);
        body[NumberBytes] = (byte)length;
        _codec.Seal(datagram, DatagramCodec.NoTimestamp, DatagramCodec.NoTimestamp, body.Length);
    }

    /// <summary>False: not sealed under this key by the other side, or not one of these.</summary>
    public bool TryOpen(ReadOnlySpan<byte> datagram, out uint number, out string text)
    {
        number = 0;
        text = "";
        if (datagram.Length < DatagramBytesMin || _codec.Open(datagram, out OpenedDatagram opened) != ReceiveResult.Accepted || opened.Fragment[NumberBytes] > TextBytesMax)
        {
            return false;
        }

        number = BinaryPrimitives.ReadUInt32BigEndian(opened.Fragment);
        text = Encoding.UTF8.GetString(opened.Fragment.Slice(NumberBytes + 1, opened.Fragment[NumberBytes]));
        return true;
    }
}
