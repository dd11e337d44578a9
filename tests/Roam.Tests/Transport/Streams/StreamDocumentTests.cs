using Roam.Tests.House;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>The bytes of docs/protocol.md, section 8, "Streams", are those that two ends send.</summary>
public sealed class StreamDocumentTests
{
    private readonly string _document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "protocol.md"));
    private readonly byte[] _buffer = new byte[1300];
    private readonly StreamSet _client = new(Side.Client, new DelayController());
    private readonly StreamSet _server = new(Side.Server, new DelayController());
    private Instant _now = new(1_000_000);

    [Fact]
    public void The_first_datagrams_with_a_stream_are_those_of_the_document()
    {
        Assert.True(_client.TryOpen(_now, StreamKind.History, [0], out ulong id));
        int length = _client.WriteDatagram(_now, 5, _buffer.AsSpan(0, 1200), 66);
        Assert.Equal(Said("12 44 00  ") + Said("20 00 01 01 00"), Convert.ToHexString(_buffer.AsSpan(0, length)));

        _server.TakeDatagram(_now, 5, _buffer.AsSpan(0, length), 0);
        _server.Write(id, "hi"u8);
        _now = _now.PlusMillis(1);
        length = _server.WriteDatagram(_now, 0, _buffer.AsSpan(0, 1200), 66);
        Assert.Equal(Said("02 05 43 E8 00 00") + Said("12 44 00  ") + Said("0A 00 40 02 68 69"), Convert.ToHexString(_buffer.AsSpan(0, length)));
    }

    [Fact]
    public void A_datagram_in_a_stream_is_that_of_the_document()
    {
        Assert.True(_client.TryOpen(_now, StreamKind.Udp, [], out _));
        Assert.True(_client.TryOpen(_now, StreamKind.Udp, [], out ulong id));
        Assert.Equal(4UL, id);
        _client.WriteDatagram(_now, 5, _buffer.AsSpan(0, 1200), 66);
        Assert.True(_client.TrySendDatagram(id, "hi"u8));
        _now = _now.PlusMillis(100);
        int length = _client.WriteDatagram(_now, 6, _buffer.AsSpan(0, 1200), 66);
        Assert.Equal(Said("31 04 02 68 69"), Convert.ToHexString(_buffer.AsSpan(0, length)));
    }

    /// <summary>Without the spaces, and only if the document says it.</summary>
    private string Said(string bytes)
    {
        Assert.Contains(bytes, _document, StringComparison.Ordinal);
        return bytes.Replace(" ", "", StringComparison.Ordinal);
    }
}
