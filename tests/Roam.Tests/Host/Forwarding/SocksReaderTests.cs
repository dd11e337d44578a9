using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>SOCKS as its clients speak it, byte by byte.</summary>
public sealed class SocksReaderTests
{
    public static TheoryData<string, string> Requests => new()
    {
        // RFC 1928: greeting with one method, CONNECT to an IPv4 address, a name, an IPv6 address.
        { "050100 05010001 C0000201 0050", "192.0.2.1:80" },
        { "05020002 05010003 0B 6578616D706C652E636F6D 01BB", "example.com:443" },
        { "050100 05010004 20010DB8000000000000000000000001 1F90", "[2001:db8::1]:8080" },

        // SOCKS 4 with a user, 4a with a name.
        { "0401 0050 C0000201 6D6500", "192.0.2.1:80" },
        { "0401 01BB 00000001 00 6578616D706C652E636F6D00", "example.com:443" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_understood_in_one_piece_and_byte_by_byte(string hex, string place)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal((SocksStep.Ask, place, 0), Read(bytes, bytes.Length));
        Assert.Equal((SocksStep.Ask, place, 0), Read(bytes, 1));
        Assert.Equal((SocksStep.Ask, place, 3), Read([.. bytes, 1, 2, 3], bytes.Length + 3));
    }

    [Theory]
    [InlineData("050102", "05FF")]
    [InlineData("050100 05020001 C0000201 0050", "05070001000000000000")]
    [InlineData("050100 05010002 C0000201 0050", "05080001000000000000")]
    [InlineData("050100 05010003 00 0050", "05010001000000000000")]
    [InlineData("0402 0050 C0000201 00", "005B000000000000")]
    [InlineData("474554202F", "")]
    public void What_is_not_served_is_answered_by_the_book(string hex, string answer)
    {
        SocksReader reader = new();
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        SocksStep step;
        int start = 0;
        do
        {
            step = reader.Take(bytes.AsSpan(start), out int used);
            start += used;
        }
        while (step == SocksStep.Answer);
        Assert.Equal(SocksStep.Bad, step);
        Assert.Equal(answer, Convert.ToHexString(reader.Reply));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(StreamRefusal.Forbidden, 2)]
    [InlineData(StreamRefusal.Refused, 5)]
    [InlineData(StreamRefusal.Unreachable, 4)]
    [InlineData(StreamRefusal.UnknownName, 4)]
    [InlineData(StreamRefusal.TooMany, 1)]
    public void What_came_of_the_connection_is_said_in_its_numbers(StreamRefusal? refusal, byte code)
    {
        SocksReader reader = new();
        Assert.Equal(SocksStep.Answer, reader.Take([5, 1, 0], out _));
        reader.Conclude(refusal);
        Assert.Equal(code, reader.Reply[1]);
    }

    private static (SocksStep Step, string Place, int Left) Read(byte[] bytes, int pieceBytes)
    {
        SocksReader reader = new();
        int start = 0;
        SocksStep step = SocksStep.More;
        for (int end = Math.Min(pieceBytes, bytes.Length); ; end = Math.Min(end + pieceBytes, bytes.Length))
        {
            do
            {
                step = reader.Take(bytes.AsSpan(start, end - start), out int used);
                start += used;
            }
            while (step == SocksStep.Answer);
            if (step != SocksStep.More || end == bytes.Length)
            {
                return (step, reader.Place.ToString(), bytes.Length - start);
            }
        }
    }
}
