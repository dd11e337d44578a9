using Google.Protobuf;
using Roam.Transport;
using HostDiff = Roam.Tests.Transport.Wire.HostDiff;
using UserDiff = Roam.Tests.Transport.Wire.UserDiff;

namespace Roam.Tests.Transport;

/// <summary>hello and welcome on the wire. The bytes are those of docs/protocol.md, section 8.</summary>
public sealed class AnnouncementMessageTests
{
    [Fact]
    public void A_hello_is_these_bytes_for_us_and_for_the_oracle()
    {
        UserDiff.Instruction instruction = new();
        instruction.SetExtension(UserDiff.UserExtensions.Hello, new UserDiff.Hello { Version = 1, Features = { 6 }, Software = ByteString.CopyFromUtf8("roam 0.1.0") });
        byte[] oracle = new UserDiff.UserMessage { Instruction = { instruction } }.ToByteArray();
        Assert.Equal("0A13A20610080110061A0A726F616D20302E312E30", Convert.ToHexString(oracle));
        Assert.Equal(oracle, Written(1, 6));
    }

    [Fact]
    public void A_welcome_has_the_same_bytes()
    {
        HostDiff.Instruction instruction = new();
        instruction.SetExtension(HostDiff.HostExtensions.Welcome, new HostDiff.Welcome { Version = 1, Features = { 6 }, Software = ByteString.CopyFromUtf8("roam 0.1.0") });
        Assert.Equal(new HostDiff.HostMessage { Instruction = { instruction } }.ToByteArray(), Written(1, 6));
    }

    [Theory]
    [InlineData("0801100110061A0178", "one by one")]
    [InlineData("0801120201061A0178", "packed")]
    [InlineData("0801120101120010061A0178", "packed in two pieces, one of them empty, and one by one")]
    [InlineData("1A0178100610010801", "in another order")]
    [InlineData("0801100110061A017822050A03616263", "with a terminal")]
    [InlineData("080110011006104010AC021A0178", "with the features 64 and 300, which nobody knows")]
    [InlineData("0801100110061A01782A0473657373320401020304F8060BFB06080BFC06", "with fields of a later version")]
    public void Features_are_read_in_every_form(string hex, string what)
    {
        Assert.True(AnnouncementMessage.TryRead(Convert.FromHexString(hex), out AnnouncementMessage read), what);
        Assert.Equal(1u, read.Version);
        Assert.Equal((1UL << 1) | (1UL << 6), read.FeatureBits);
        Assert.Equal("x"u8, read.Software);
    }

    [Fact]
    public void An_empty_one_says_nothing()
    {
        Assert.True(AnnouncementMessage.TryRead([], out AnnouncementMessage read));
        Assert.Equal((0u, 0UL, 0), (read.Version, read.FeatureBits, read.Software.Length));
    }

    [Theory]
    [InlineData("08", "a version that never comes")]
    [InlineData("120201", "features cut short")]
    [InlineData("12018010", "a packed feature that does not end where its field ends")]
    [InlineData("1A05AA", "a software text cut short")]
    [InlineData("2205AA", "an unknown field cut short")]
    [InlineData("0C", "an end without a group")]
    public void A_malformed_one_makes_its_diff_malformed(string hex, string what)
    {
        byte[] body = Convert.FromHexString(hex);
        Assert.False(AnnouncementMessage.TryRead(body, out _), what);
        byte[] diff = [0x0A, (byte)(3 + body.Length), 0xA2, 0x06, (byte)body.Length, .. body, 0x0A, 5, 0x12, 3, 0x22, 1, 0x61];
        DiffReader reader = new(diff);
        while (reader.Next())
        {
        }

        Assert.True(reader.Failed, what);
    }

    [Fact]
    public void A_field_100_of_another_type_is_no_announcement()
    {
        DiffReader reader = new([0x0A, 4, 0xA0, 0x06, 0x96, 0x01]);
        Assert.False(reader.Next());
        Assert.False(reader.Failed);
    }

    private static byte[] Written(uint version, params ReadOnlySpan<int> features)
    {
        GrowingBuffer buffer = new();
        ulong bits = 0;
        foreach (int feature in features)
        {
            bits |= 1UL << feature;
        }

        new DiffWriter(buffer).WriteAnnouncement(new AnnouncementMessage { Version = version, FeatureBits = bits, Software = "roam 0.1.0"u8 });
        return buffer.Written.ToArray();
    }
}
