using Google.Protobuf;
using Roam.Terminal;
using Roam.Transport;
using HostDiff = Roam.Tests.Transport.Wire.HostDiff;

namespace Roam.Tests.Transport;

/// <summary>The far terminal on the wire. The bytes are those of docs/protocol.md, section 8.</summary>
public sealed class FarTerminalFieldTests
{
    [Fact]
    public void It_is_these_bytes_for_us_and_for_the_oracle()
    {
        HostDiff.Instruction instruction = new();
        instruction.SetExtension(HostDiff.HostExtensions.FarTerminal, new HostDiff.FarTerminal { Flags = 3 });
        Assert.Equal("0A05B206020803", Convert.ToHexString(new HostDiff.HostMessage { Instruction = { instruction } }.ToByteArray()));
        GrowingBuffer buffer = new();
        new DiffWriter(buffer).WriteFarTerminal(new FarTerminal(true, true, false, false).Bits);
        Assert.Equal("0A05B206020803", Convert.ToHexString(buffer.Written));
    }

    [Theory]
    [InlineData(1, false, false, false)]
    [InlineData(3, true, false, false)]
    [InlineData(5, false, true, false)]
    [InlineData(9, false, false, true)]
    [InlineData(15, true, true, true)]
    public void Every_flag_has_its_bit(uint bits, bool isCanonical, bool echoes, bool isAlternate)
    {
        FarTerminal far = new(true, isCanonical, echoes, isAlternate);
        Assert.Equal(bits, far.Bits);
        Assert.Equal(far, FarTerminal.FromBits(bits));
        Assert.Equal(far, FarTerminal.FromBits(bits | 0xFFFFFFF0));
        Assert.Equal(FarTerminal.Unknown, FarTerminal.FromBits(bits & ~1u));
    }

    [Fact]
    public void What_is_not_known_has_no_bits() => Assert.Equal(0u, FarTerminal.Unknown.Bits);

    [Theory]
    [InlineData("0A05B206020803", 3, "as we write it")]
    [InlineData("0A08B206050801100108", null, "a field cut short")]
    [InlineData("0A07B2060408071001", 7, "with a field of a later version")]
    [InlineData("0A03B20600", 0, "empty")]
    [InlineData("0A04B2060108", null, "flags that never come")]
    [InlineData("0A04B2060508", null, "shorter than it says")]
    public void It_is_read_in_every_form_and_refused_when_malformed(string hex, int? flags, string what)
    {
        DiffReader reader = new(Convert.FromHexString(hex));
        int? read = reader.Next() && reader.Current.Kind == DiffItemKind.FarTerminal ? (int)reader.Current.FarTerminal : null;
        Assert.True(reader.Failed == flags is null, what);
        Assert.Equal(flags, read);
    }

    [Fact]
    public void A_field_102_of_another_type_is_skipped()
    {
        DiffReader reader = new(Convert.FromHexString("0A03B00603"));
        Assert.False(reader.Next());
        Assert.False(reader.Failed);
    }
}
