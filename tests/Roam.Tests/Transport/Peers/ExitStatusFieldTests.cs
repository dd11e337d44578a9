using Google.Protobuf;
using Roam.Transport;
using HostDiff = Roam.Tests.Transport.Wire.HostDiff;

namespace Roam.Tests.Transport;

/// <summary>The exit status on the wire. The bytes are those of docs/protocol.md, section 8.</summary>
public sealed class ExitStatusFieldTests
{
    [Theory]
    [InlineData(3, 0, "0A05CA06020803")]
    [InlineData(0, 0, "0A05CA06020800")]
    [InlineData(0, 15, "0A07CA06040800100F")]
    public void It_is_these_bytes_for_us_and_for_the_oracle(uint code, uint signal, string bytes)
    {
        HostDiff.ExitStatus status = new() { Code = code };
        if (signal != 0)
        {
            status.Signal = signal;
        }

        HostDiff.Instruction instruction = new();
        instruction.SetExtension(HostDiff.HostExtensions.ExitStatus, status);
        Assert.Equal(bytes, Convert.ToHexString(new HostDiff.HostMessage { Instruction = { instruction } }.ToByteArray()));
        GrowingBuffer buffer = new();
        new DiffWriter(buffer).WriteExitStatus(new ExitStatusMessage(code, signal));
        Assert.Equal(bytes, Convert.ToHexString(buffer.Written));
        DiffReader reader = new(buffer.Written);
        Assert.True(reader.Next());
        Assert.Equal(new ExitStatusMessage(code, signal), reader.Current.ExitStatus);
        Assert.False(reader.Next() || reader.Failed);
    }

    [Fact]
    public void A_malformed_one_makes_its_diff_malformed()
    {
        DiffReader reader = new(Convert.FromHexString("0A04CA060108"));
        Assert.False(reader.Next());
        Assert.True(reader.Failed);
    }
}
