using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>Frames through a pipe of this process.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed unsafe class FrameStreamTests : IDisposable
{
    private readonly int _readEnd;
    private int _writeEnd;
    private readonly FrameStream _frames;
    private readonly byte[] _received = new byte[FrameStream.DatagramBytesMax];

    public FrameStreamTests()
    {
        int* pipe = stackalloc int[2];
        Assert.Equal(0, Libc.pipe2(pipe, Libc.O_CLOEXEC));
        (_readEnd, _writeEnd) = (pipe[0], pipe[1]);
        _frames = new FrameStream(_readEnd, _writeEnd);
    }

    public void Dispose()
    {
        _ = Libc.close(_readEnd);
        if (_writeEnd >= 0)
        {
            _ = Libc.close(_writeEnd);
        }
    }

    [Fact]
    public void Datagrams_come_out_as_they_went_in()
    {
        byte[][] datagrams = [[7], Filled(1252, 1), Filled(2048, 2), Filled(40, 3)];
        foreach (byte[] datagram in datagrams)
        {
            Assert.True(_frames.TrySend(datagram));
        }

        _frames.Flush();
        foreach (byte[] datagram in datagrams)
        {
            Assert.True(_frames.TryReceive(_received, out int length));
            Assert.Equal(datagram, _received[..length]);
        }

        Assert.False(_frames.TryReceive(_received, out _));
        Assert.False(_frames.IsOver);
    }

    [Fact]
    public void A_frame_that_comes_byte_by_byte_is_put_together()
    {
        byte[] wire = [0, 3, 10, 11, 12, 0, 1, 99];
        for (int i = 0; i < 4; i++)
        {
            WriteRaw(wire.AsSpan(i, 1));
            Assert.False(_frames.TryReceive(_received, out _));
        }

        WriteRaw(wire.AsSpan(4));
        Assert.True(_frames.TryReceive(_received, out int length));
        Assert.Equal([10, 11, 12], _received[..length]);
        Assert.True(_frames.TryReceive(_received, out length));
        Assert.Equal([99], _received[..length]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0x08, 0x01)]
    [InlineData(0xFF, 0xFF)]
    public void A_length_that_no_datagram_has_breaks_the_stream(byte high, byte low)
    {
        Assert.True(_frames.TrySend([1]));
        _frames.Flush();
        WriteRaw([high, low, 1, 2, 3]);
        Assert.True(_frames.TryReceive(_received, out _));
        Assert.False(_frames.TryReceive(_received, out _));
        Assert.True(_frames.IsOver);
        Assert.False(_frames.TrySend([1]));
    }

    [Fact]
    public void What_came_before_the_end_is_still_read()
    {
        Assert.True(_frames.TrySend(Filled(100, 5)));
        _frames.Flush();
        _ = Libc.close(_writeEnd);
        _writeEnd = -1;
        Assert.True(_frames.TryReceive(_received, out int length));
        Assert.Equal(100, length);
        Assert.False(_frames.TryReceive(_received, out _));
        Assert.True(_frames.IsOver);
    }

    [Fact]
    public void A_reader_that_sleeps_costs_the_newest_datagrams_and_no_more_memory_than_the_limit()
    {
        byte[] datagram = Filled(1000, 1);
        int taken = 0;
        int refusals = 0;
        for (int i = 0; i < 600; i++)
        {
            datagram[0] = (byte)taken;
            bool isTaken = _frames.TrySend(datagram);
            taken += isTaken ? 1 : 0;
            refusals += isTaken ? 0 : 1;
            _frames.Flush();
        }

        Assert.True(_frames.WantsWrite);
        Assert.InRange(refusals, 1, 599);
        int read = 0;
        while (read < taken)
        {
            _frames.Flush();
            while (_frames.TryReceive(_received, out int length))
            {
                Assert.Equal(1000, length);
                Assert.Equal((byte)read, _received[0]);
                read++;
            }
        }

        Assert.False(_frames.WantsWrite);
        Assert.InRange(taken * 1002, FrameStream.QueueBytesMax - 1002, FrameStream.QueueBytesMax + (1024 * 1024));
    }

    [Fact]
    public void Too_long_and_empty_datagrams_are_not_taken()
    {
        Assert.False(_frames.TrySend(new byte[FrameStream.DatagramBytesMax + 1]));
        Assert.False(_frames.TrySend([]));
        Assert.False(_frames.WantsWrite);
    }

    private static byte[] Filled(int length, byte value)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private void WriteRaw(ReadOnlySpan<byte> bytes) => Assert.True(Libc.WriteAll(_writeEnd, bytes));
}
