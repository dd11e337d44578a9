using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class SessionKeyTests
{
    [Fact]
    public void A_key_prints_as_the_base64_of_its_bytes_without_padding()
    {
        SeededRandom random = new(7);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = random.NextBytes(SessionKey.Bytes);
            string text = new SessionKey(bytes).ToBase64();
            Assert.Equal(Convert.ToBase64String(bytes)[..22], text);
            Assert.True(SessionKey.TryParse(text, out SessionKey parsed));
            byte[] back = new byte[SessionKey.Bytes];
            parsed.CopyTo(back);
            Assert.Equal(bytes, back);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAA AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAA-AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAA=AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAÄAAAAAAAAAAA")]
    public void A_text_that_is_not_a_key_is_refused(string text)
    {
        Assert.False(SessionKey.TryParse(text, out _));
    }

    [Fact]
    public void Stray_low_bits_in_the_last_character_are_refused()
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        string accepted = string.Concat(Digits.Where(c => SessionKey.TryParse("AAAAAAAAAAAAAAAAAAAAA" + c, out _)));
        Assert.Equal("AQgw", accepted);
    }

    [Fact]
    public void A_key_never_prints_by_accident()
    {
        SessionKey key = SessionKey.Create(new SeededRandom(1));
        Assert.DoesNotContain(key.ToBase64(), $"{key}", StringComparison.Ordinal);
    }
}
