using Roam.Session;

namespace Roam.Tests.Session;

/// <summary>The control stream of a command without a terminal. The bytes are those of docs/protocol.md, section 8.</summary>
public sealed class ProgramRecordTests
{
    [Fact]
    public void It_is_these_bytes()
    {
        Assert.Equal("0203", Bytes(ProgramRecord.Of(ProgramEnd.Exited(3))));
        Assert.Equal("0240FF", Bytes(ProgramRecord.Of(ProgramEnd.Exited(255))));
        Assert.Equal("030F", Bytes(ProgramRecord.Of(ProgramEnd.Killed(15))));
        Assert.Equal("0102", Bytes(new ProgramRecord((ulong)ProgramRecordKind.Signal, 2)));
    }

    [Fact]
    public void Half_a_record_waits_for_its_rest()
    {
        byte[] bytes = Convert.FromHexString("01020240FF");
        ReadOnlySpan<byte> source = bytes.AsSpan(0, 4);
        Assert.True(ProgramRecord.TryRead(ref source, out ProgramRecord first));
        Assert.Equal(new ProgramRecord(1, 2), first);
        Assert.Equal(ProgramEnd.Unknown, first.End);
        Assert.False(ProgramRecord.TryRead(ref source, out _));
        Assert.Equal(2, source.Length);
        source = bytes.AsSpan(2);
        Assert.True(ProgramRecord.TryRead(ref source, out ProgramRecord second));
        Assert.Equal(ProgramEnd.Exited(255), second.End);
        Assert.True(source.IsEmpty);
    }

    [Fact]
    public void Whatever_a_peer_writes_is_read_or_waited_for()
    {
        Random random = new(3);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 2000; round++)
        {
            random.NextBytes(bytes);
            ReadOnlySpan<byte> source = bytes;
            while (ProgramRecord.TryRead(ref source, out ProgramRecord record))
            {
                Assert.InRange(record.End.ExitCode, 0, 255);
            }

            Assert.True(source.Length < ProgramRecord.BytesMax);
        }
    }

    private static string Bytes(ProgramRecord record)
    {
        Span<byte> bytes = stackalloc byte[ProgramRecord.BytesMax];
        return Convert.ToHexString(bytes[..record.Write(bytes)]);
    }
}
