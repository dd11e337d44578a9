using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class FragmentTests
{
    private readonly FragmentAssembly _assembly = new();

    [Fact]
    public void Header_bytes_are_as_documented()
    {
        byte[] bytes = new byte[10];
        new FragmentHeader(0x0102030405060708, 5, true).Write(bytes);
        Assert.Equal("01020304050607088005", Convert.ToHexString(bytes));
        Assert.Equal(new FragmentHeader(0x0102030405060708, 5, true), FragmentHeader.Read(bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(89)]
    [InlineData(90)]
    [InlineData(91)]
    [InlineData(180)]
    [InlineData(50_000)]
    public void An_instruction_comes_out_whole_in_any_order_and_with_repeats(int length)
    {
        SeededRandom random = new((ulong)length);
        byte[] instruction = random.NextBytes(length);
        List<byte[]> fragments = Cut(instruction, 100);
        Assert.Equal((length + 89) / 90, fragments.Count);
        for (int round = 0; round < 3; round++)
        {
            List<byte[]> order = round == 0 ? fragments : [.. fragments.Concat(fragments).OrderBy(_ => random.NextUInt64())];
            Assert.Contains(order, f => Add(f) is { } whole && whole.AsSpan().SequenceEqual(instruction));
        }
    }

    [Fact]
    public void A_fragment_of_another_instruction_discards_what_was_gathered()
    {
        byte[] first = Fragment(1, 0, false, "aa");
        Assert.Null(Add(first));
        Assert.Null(Add(Fragment(2, 0, false, "bb")));
        Assert.Null(Add(Fragment(1, 1, true, "cc")));
        Assert.Equal("aacc"u8, Add(first)!);
    }

    [Fact]
    public void Contradictions_are_refused_and_do_not_spoil_the_rest()
    {
        Assert.Equal(AssemblyResult.Incomplete, _assembly.Add(Fragment(1, 1, false, "bb"), out _));
        Assert.Equal(AssemblyResult.Refused, _assembly.Add(Fragment(1, 1, false, "xx"), out _));
        Assert.Equal(AssemblyResult.Refused, _assembly.Add(Fragment(1, 1, true, "bb"), out _));
        Assert.Equal(AssemblyResult.Refused, _assembly.Add(Fragment(1, 0, true, "aa"), out _));
        Assert.Equal(AssemblyResult.Incomplete, _assembly.Add(Fragment(1, 2, true, "cc"), out _));
        Assert.Equal(AssemblyResult.Refused, _assembly.Add(Fragment(1, 3, false, "dd"), out _));
        Assert.Equal(AssemblyResult.Refused, _assembly.Add(Fragment(1, 3, true, "dd"), out _));
        Assert.Equal(AssemblyResult.Complete, _assembly.Add(Fragment(1, 0, false, "aa"), out ReadOnlySpan<byte> whole));
        Assert.Equal("aabbcc"u8, whole);
    }

    [Fact]
    public void Short_and_empty_fragments_are_refused()
    {
        for (int length = 0; length <= 10; length++)
        {
            Assert.Equal(AssemblyResult.Refused, _assembly.Add(new byte[length], out _));
        }
    }

    [Fact]
    public void What_is_gathered_stays_within_its_bound()
    {
        byte[] slice = new byte[2000];
        for (int i = 0; i < 32000; i++)
        {
            _assembly.Add(Fragment(9, i, false, slice), out _);
            Assert.True(_assembly.PendingBytes <= SspLimits.AssemblyBytesMax);
        }
    }

    [Fact]
    public void The_highest_fragment_number_alone_is_harmless()
    {
        Assert.Null(Add(Fragment(1, 0x7FFF, true, "z")));
        Assert.Equal("ok"u8, Add(Fragment(2, 0, true, "ok"))!);
    }

    [Fact]
    public void Random_fragments_never_throw()
    {
        SeededRandom random = new(5);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] fragment = random.NextBytes(8 + random.Next(8));
            fragment.AsSpan(0, 7).Clear();
            fragment[7] &= 1;
            if (fragment.Length > 9)
            {
                fragment[8] &= 0x80;
                fragment[9] &= 7;
            }

            _assembly.Add(fragment, out _);
        }
    }

    [Fact]
    public void A_fragment_never_exceeds_the_room_it_is_given()
    {
        Fragmenter fragmenter = new();
        fragmenter.Instruction.Write(new byte[1000]);
        fragmenter.Start();
        byte[] room = new byte[462];
        Assert.Equal(462, fragmenter.Take(room));
        Assert.Equal(462, fragmenter.Take(room));
        Assert.True(fragmenter.HasMore);
        Assert.Equal(1000 - (2 * 452) + 10, fragmenter.Take(room));
        Assert.False(fragmenter.HasMore);
    }

    private byte[]? Add(byte[] fragment) =>
        _assembly.Add(fragment, out ReadOnlySpan<byte> whole) == AssemblyResult.Complete ? whole.ToArray() : null;

    private static List<byte[]> Cut(byte[] instruction, int size)
    {
        Fragmenter fragmenter = new();
        fragmenter.Instruction.Write(instruction);
        fragmenter.Start();
        List<byte[]> fragments = [];
        byte[] room = new byte[size];
        while (fragmenter.HasMore)
        {
            int length = fragmenter.Take(room);
            fragments.Add(room[..length]);
        }

        return fragments;
    }

    private static byte[] Fragment(ulong id, int number, bool isLast, string content) =>
        Fragment(id, number, isLast, System.Text.Encoding.ASCII.GetBytes(content));

    private static byte[] Fragment(ulong id, int number, bool isLast, byte[] content)
    {
        byte[] bytes = new byte[10 + content.Length];
        new FragmentHeader(id, number, isLast).Write(bytes);
        content.CopyTo(bytes, 10);
        return bytes;
    }
}
