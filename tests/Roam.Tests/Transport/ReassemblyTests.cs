using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class ReassemblyTests
{
    private readonly Reassembly _reassembly = new();

    [Fact]
    public void A_small_frame_between_two_halves_does_not_spoil_the_large_one()
    {
        Assert.Null(Add(1, 0, false, "aa"));
        Assert.Equal("small", Add(2, 0, true, "small"));
        Assert.Equal("aabb", Add(1, 1, true, "bb"));
        Assert.Equal(0, _reassembly.PendingBytes);
    }

    [Fact]
    public void Four_instructions_are_gathered_at_once_and_a_fifth_takes_the_place_of_the_first()
    {
        for (ulong id = 1; id <= 5; id++)
        {
            Assert.Null(Add(id, 0, false, "a" + id));
        }

        for (ulong id = 2; id <= 5; id++)
        {
            Assert.Equal($"a{id}b{id}", Add(id, 1, true, "b" + id));
        }

        Assert.Null(Add(1, 1, true, "b1"));
    }

    [Fact]
    public void A_place_that_became_free_is_used_before_one_is_taken()
    {
        Add(1, 0, false, "a1");
        Add(2, 0, false, "a2");
        Add(2, 1, true, "b2");
        for (ulong id = 3; id <= 5; id++)
        {
            Add(id, 0, false, "a");
        }

        Assert.Equal("a1b1", Add(1, 1, true, "b1"));
    }

    [Fact]
    public void All_that_is_gathered_stays_within_one_bound()
    {
        byte[] slice = new byte[2000];
        for (int i = 0; i < 4000; i++)
        {
            for (ulong id = 1; id <= 4; id++)
            {
                _reassembly.Add(Fragment(id, i, false, slice), out _);
                Assert.True(_reassembly.PendingBytes <= SspLimits.AssemblyBytesMax);
            }
        }
    }

    [Fact]
    public void What_is_too_short_is_refused()
    {
        for (int length = 0; length <= FragmentHeader.Bytes; length++)
        {
            Assert.Equal(AssemblyResult.Refused, _reassembly.Add(new byte[length], out _));
        }
    }

    private static byte[] Fragment(ulong id, int number, bool isLast, ReadOnlySpan<byte> content)
    {
        byte[] fragment = new byte[FragmentHeader.Bytes + content.Length];
        new FragmentHeader(id, number, isLast).Write(fragment);
        content.CopyTo(fragment.AsSpan(FragmentHeader.Bytes));
        return fragment;
    }

    private string? Add(ulong id, int number, bool isLast, string content)
    {
        byte[] fragment = Fragment(id, number, isLast, System.Text.Encoding.Latin1.GetBytes(content));
        return _reassembly.Add(fragment, out ReadOnlySpan<byte> whole) == AssemblyResult.Complete ? System.Text.Encoding.Latin1.GetString(whole) : null;
    }
}
