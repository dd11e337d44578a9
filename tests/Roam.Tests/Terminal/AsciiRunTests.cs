using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class AsciiRunTests
{
    [Fact]
    public void The_vector_search_stops_where_the_scalar_one_stops()
    {
        SeededRandom random = new(11);
        for (int length = 0; length <= 100; length++)
        {
            for (int stop = 0; stop <= length; stop++)
            {
                byte[] text = new byte[length];
                text.AsSpan().Fill((byte)(0x20 + random.Next(0x5F)));
                if (stop < length)
                {
                    byte[] others = [0x00, 0x0A, 0x1B, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];
                    text[stop] = others[random.Next(others.Length)];
                }

                Assert.Equal(stop, AsciiRun.Length(text));
                Assert.Equal(stop, AsciiRun.LengthScalar(text));
            }
        }
    }
}
