using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// Any sequence of fragments: bounded, never a throw; and a message cut into pieces that come in any order, with repeats, is put together as it was.
/// Input: pairs of a length byte and a fragment.
/// </summary>
internal sealed class FragmentFuzzTarget : IFuzzTarget
{
    private const int SliceBytes = 16;

    public string Name => "fragment";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [14, 0, 0, 0, 0, 0, 0, 0, 1, 0x80, 0, 1, 2, 3, 4],
        [12, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 2, 12, 0, 0, 0, 0, 0, 0, 0, 2, 0x80, 1, 3, 4],
        [12, 0, 0, 0, 0, 0, 0, 0, 3, 0x80, 1, 9, 9, 12, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 8, 8, 12, 0, 0, 0, 0, 0, 0, 0, 3, 0x7F, 0xFF, 1, 1],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        FragmentAssembly assembly = new();
        ReadOnlySpan<byte> rest = input;
        while (!rest.IsEmpty)
        {
            int length = Math.Min(rest[0], rest.Length - 1);
            assembly.Add(rest.Slice(1, length), out _);
            if (assembly.PendingBytes > SspLimits.AssemblyBytesMax)
            {
                throw new InvalidOperationException("The assembly holds more than its bound.");
            }

            rest = rest[(1 + length)..];
        }

        CheckAnyOrder(assembly, input);
    }

    /// <summary>The input is the message, and decides the order.</summary>
    private static void CheckAnyOrder(FragmentAssembly assembly, ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return;
        }

        Fragmenter fragmenter = new();
        fragmenter.Instruction.Write(message);
        List<byte[]> fragments = [];
        byte[] buffer = new byte[FragmentHeader.Bytes + SliceBytes];

        // An id that the garbage before is unlikely to have used.
        fragmenter.Start();
        while (fragmenter.HasMore)
        {
            byte[] fragment = buffer[..fragmenter.Take(buffer)];
            fragment[0] = 0x77;
            fragments.Add(fragment);
        }

        for (int i = fragments.Count - 1; i > 0; i--)
        {
            int j = message[i % message.Length] * 7 % (i + 1);
            (fragments[i], fragments[j]) = (fragments[j], fragments[i]);
        }

        for (int i = 0; i < fragments.Count; i++)
        {
            bool isLast = i == fragments.Count - 1;
            AssemblyResult result = assembly.Add(fragments[i], out ReadOnlySpan<byte> whole);
            if (result != (isLast ? AssemblyResult.Complete : AssemblyResult.Incomplete) || (isLast && !whole.SequenceEqual(message)))
            {
                throw new InvalidOperationException($"Fragment {i} of {fragments.Count}: {result}, or another message.");
            }
        }
    }
}
