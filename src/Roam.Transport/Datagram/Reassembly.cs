namespace Roam.Transport;

/// <summary>
/// Puts up to four instructions together at once: the fragments of a large frame may meet a small frame or a copy on the way, and must survive it.
/// Stock gathers one at a time, so our own sender never mixes fragments. Bounds: four instructions, and <see cref="SspLimits.AssemblyBytesMax"/> bytes in all; at either
/// the one that was begun first is dropped.
/// </summary>
internal sealed class Reassembly
{
    internal const int InstructionsMax = 4;

    /// <summary>In the order in which they were begun.</summary>
    private readonly FragmentAssembly[] _slots = [new(), new(), new(), new()];

    /// <summary>Bytes held for incomplete instructions.</summary>
    internal int PendingBytes
    {
        get
        {
            int bytes = 0;
            foreach (FragmentAssembly slot in _slots)
            {
                bytes += slot.IsPending ? slot.PendingBytes : 0;
            }

            return bytes;
        }
    }

    /// <summary>As <see cref="FragmentAssembly.Add"/>.</summary>
    internal AssemblyResult Add(ReadOnlySpan<byte> fragment, out ReadOnlySpan<byte> instruction)
    {
        if (fragment.Length <= FragmentHeader.Bytes)
        {
            instruction = default;
            return AssemblyResult.Refused;
        }

        FragmentHeader header = FragmentHeader.Read(fragment);
        if (header is { Number: 0, IsLast: true } && Find(header.Id) < 0)
        {
            instruction = fragment[FragmentHeader.Bytes..];
            return AssemblyResult.Complete;
        }

        int index = Find(header.Id);
        FragmentAssembly slot = index >= 0 ? _slots[index] : Begin();
        while (PendingBytes + fragment.Length > SspLimits.AssemblyBytesMax && _slots[0] != slot)
        {
            _slots[0].Discard();
            MoveToEnd(0);
        }

        return slot.Add(fragment, out instruction);
    }

    private int Find(ulong id)
    {
        for (int i = 0; i < InstructionsMax; i++)
        {
            if (_slots[i].IsPending && _slots[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A free slot, else the oldest, put at the end.</summary>
    private FragmentAssembly Begin()
    {
        int index = 0;
        for (int i = 0; i < InstructionsMax; i++)
        {
            if (!_slots[i].IsPending)
            {
                index = i;
                break;
            }
        }

        _slots[index].Discard();
        MoveToEnd(index);
        return _slots[^1];
    }

    private void MoveToEnd(int index)
    {
        FragmentAssembly slot = _slots[index];
        Array.Copy(_slots, index + 1, _slots, index, InstructionsMax - index - 1);
        _slots[^1] = slot;
    }
}
