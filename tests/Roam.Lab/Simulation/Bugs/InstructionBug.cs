using Roam.Host;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Mistakes in instructions, by a box on the path that has the key. Acts on instructions that fit one datagram.</summary>
internal sealed class InstructionBug(PlantedBug bug, SessionKey key, SimRandom random) : SimBugBox
{
    private readonly SimSeal _seal = new(key);
    private readonly InstructionCodec _codec = new(new ZLibStreamCompressor());
    private readonly GrowingBuffer _encoded = new();
    private readonly byte[] _fragment = new byte[SimPacket.BytesMax];

    public override bool OnTransmit(SimPacket packet)
    {
        if (!_seal.IsWhole(packet) || !_seal.TryOpen(packet, out OpenedDatagram opened)
            || !_codec.TryDecode(opened.Fragment[FragmentHeader.Bytes..], out TransportInstruction instruction))
        {
            return true;
        }

        opened.Fragment[..FragmentHeader.Bytes].CopyTo(_fragment);
        byte[] diff = instruction.Diff.ToArray();
        if (!TrySpoil(ref instruction, diff))
        {
            return true;
        }

        instruction.Diff = diff;
        _codec.Encode(instruction, _encoded);
        if (_encoded.Length + FragmentHeader.Bytes <= SspLimits.PacketBytes)
        {
            _encoded.Written.CopyTo(_fragment.AsSpan(FragmentHeader.Bytes));
            _seal.Reseal(packet, SimSeal.SequenceOf(packet.Datagram), _fragment.AsSpan(0, FragmentHeader.Bytes + _encoded.Length));
        }

        return true;
    }

    private bool TrySpoil(ref TransportInstruction instruction, Span<byte> diff)
    {
        switch (bug)
        {
            case PlantedBug.AcknowledgesUnseen when random.Below(10) == 0:
                instruction.AckNumber++;
                return true;
            case PlantedBug.WrongBase when instruction.OldNumber != instruction.ThrowawayNumber && !diff.IsEmpty:
                instruction.OldNumber = instruction.ThrowawayNumber;
                return true;
            case PlantedBug.DiffContentLost when random.Below(10) == 0:
                int letter = diff.LastIndexOfAnyInRange((byte)'a', (byte)'k');
                if (letter >= 0)
                {
                    diff[letter] = (byte)'z';
                }

                return letter >= 0;
            case PlantedBug.ThrowawayIgnored:
                instruction.ThrowawayNumber = 0;
                return true;
            default:
                return false;
        }
    }
}
