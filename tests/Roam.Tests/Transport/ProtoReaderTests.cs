using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class ProtoReaderTests
{
    [Theory]
    [InlineData("08", "a varint that never comes")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01", "a varint of eleven bytes")]
    [InlineData("0AFF", "a length that never ends")]
    [InlineData("0A05AAAA", "bytes cut short")]
    [InlineData("0AFFFFFFFF0F", "a length of 4 GiB")]
    [InlineData("09AAAA", "a fixed64 cut short")]
    [InlineData("0DAA", "a fixed32 cut short")]
    [InlineData("0E", "wire type 6")]
    [InlineData("0F", "wire type 7")]
    [InlineData("00", "field number 0")]
    [InlineData("0C", "an end without a group")]
    [InlineData("0B", "a group without an end")]
    [InlineData("0B14", "a group closed by another number")]
    [InlineData("0B00", "field number 0 in a group")]
    public void Malformed_input_fails_and_does_not_throw(string hex, string what)
    {
        ProtoReader reader = new(Convert.FromHexString(hex));
        while (reader.Next())
        {
        }

        Assert.True(reader.Failed, what);
        Assert.False(reader.Next());
    }

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_skipped()
    {
        const string Varint = "C03E9601", Fixed64 = "C13E0102030405060708", Bytes = "C23E03AABBCC", Fixed32 = "C53E01020304";
        string group = "C33E" + Varint + "0B0C" + Bytes + "C43E";
        ProtoReader reader = new(Convert.FromHexString(Varint + Fixed64 + Bytes + Fixed32 + group + "0807"));
        List<int> fields = [];
        while (reader.Next())
        {
            fields.Add(reader.Field);
        }

        Assert.False(reader.Failed);
        Assert.Equal([1000, 1000, 1000, 1000, 1000, 1], fields);
    }

    [Fact]
    public void Groups_deeper_than_the_bound_are_malformed()
    {
        Assert.True(ReadsNestedGroups(32));
        Assert.False(ReadsNestedGroups(33));
    }

    [Fact]
    public void Sizes_are_those_that_are_written()
    {
        SeededRandom random = new(2);
        for (int i = 0; i < 2000; i++)
        {
            ulong value = random.NextUInt64() >> random.Next(64);
            int field = 1 + random.Next(1 << (1 + random.Next(20)));
            GrowingBuffer buffer = new();
            ProtoWriter writer = new(buffer);
            writer.WriteUInt64(field, value);
            Assert.Equal(ProtoWriter.UInt64Size(field, value), buffer.Length);
            ProtoReader reader = new(buffer.Written);
            Assert.True(reader.Next());
            Assert.True(reader.At(field, ProtoWireType.Varint));
            Assert.Equal(value, reader.ReadUInt64());
        }
    }

    [Fact]
    public void Random_input_never_throws()
    {
        SeededRandom random = new(4);
        for (int i = 0; i < 300_000; i++)
        {
            byte[] bytes = random.NextBytes(random.Next(24));
            ProtoReader reader = new(bytes);
            while (reader.Next())
            {
                if (random.Chance(500))
                {
                    reader.ReadBytes();
                }
            }

            DiffReader diff = new(bytes);
            while (diff.Next())
            {
            }
        }
    }

    private static bool ReadsNestedGroups(int depth)
    {
        byte[] bytes = new byte[depth * 2];
        bytes.AsSpan(0, depth).Fill(0x0B);
        bytes.AsSpan(depth).Fill(0x0C);
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
        }

        return !reader.Failed;
    }
}
