using System.Buffers;
using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class Utf8RunTests
{
    [Fact]
    public void A_run_holds_what_the_plain_decoder_decodes_up_to_the_first_byte_that_is_no_text()
    {
        SeededRandom random = new(3);
        int[] codePoints = new int[64];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] data = RandomText(random);
            int count = Utf8Run.Decode(data, codePoints, out int used);
            ReadOnlySpan<byte> rest = data;
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(OperationStatus.Done, Rune.DecodeFromUtf8(rest, out Rune rune, out int length));
                Assert.Equal(rune.Value, codePoints[i]);
                Assert.False(ByteSink.IsControl(rune.Value));
                rest = rest[length..];
            }

            Assert.Equal(data.Length - used, rest.Length);
        }
    }

    [Fact]
    public void Every_character_that_is_text_is_taken()
    {
        int[] codePoints = new int[4];
        for (int codePoint = 0xA0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (Rune.IsValid(codePoint))
            {
                byte[] data = [.. Encoding.UTF8.GetBytes(new Rune(codePoint).ToString()), 0, 0, 0];
                Assert.Equal(1, Utf8Run.Decode(data, codePoints, out int used));
                Assert.Equal(data.Length - 3, used);
                Assert.Equal(codePoint, codePoints[0]);
            }
        }
    }

    private static byte[] RandomText(SeededRandom random)
    {
        string[] pieces = ["é", "漢", "🙂", "a", " ", "я", "\u009B", "\n", "\u007F", "\u00A0", "twelve chars", "more than twelve"];
        List<byte> text = [];
        for (int n = random.Next(20); n >= 0; n--)
        {
            text.AddRange(Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
            if (random.Next(8) == 0)
            {
                text[^1] = (byte)random.Next(256);
            }
        }

        return [.. text];
    }
}
