namespace Roam.Transport;

/// <summary>
/// Walks a diff of either direction: message { repeated Instruction instruction = 1 }, each Instruction holding extensions.
/// Both messages use the same numbers: 2 { 4 bytes }, 3 { 5 width, 6 height }, 7 { 8 echo_ack_num }, 100 { see AnnouncementMessage },
/// 101 { see TerminalMessage }, 102 { 1 flags }, 103 { see ScreenExtrasReader }, 104 { see FrameLinesMessage }, 105 { see ExitStatusMessage }.
/// Unknown fields are skipped, malformed input sets Failed.
/// </summary>
public ref struct DiffReader(ReadOnlySpan<byte> diff)
{
    internal const int InstructionField = 1;
    internal const int BytesField = 4;
    internal const int WidthField = 5;
    internal const int HeightField = 6;
    internal const int EchoAckField = 8;
    internal const int FarTerminalField = 1;

    private ProtoReader _message = new(diff);
    private ProtoReader _instruction;
    private bool _failed;

    public readonly bool Failed => _failed || _message.Failed;

    /// <summary>The part that <see cref="Next"/> stopped at; a view into the diff.</summary>
    public DiffItem Current { get; private set; }

    /// <summary>Moves to the next part; false at the end or when malformed. A diff may turn out malformed after some good parts: look at <see cref="Failed"/> at the end.</summary>
    public bool Next()
    {
        while (!Failed)
        {
            while (_instruction.Next())
            {
                if (_instruction.WireType == ProtoWireType.LengthDelimited && TryReadExtension())
                {
                    return true;
                }

                if (_failed)
                {
                    return false;
                }
            }

            _failed |= _instruction.Failed;
            if (_failed || !NextInstruction())
            {
                return false;
            }
        }

        return false;
    }

    private bool NextInstruction()
    {
        while (_message.Next())
        {
            if (_message.At(InstructionField, ProtoWireType.LengthDelimited))
            {
                _instruction = new ProtoReader(_message.ReadBytes());
                return true;
            }
        }

        return false;
    }

    private bool TryReadExtension()
    {
        DiffItemKind kind = (DiffItemKind)_instruction.Field;
        if (kind == DiffItemKind.Announcement)
        {
            return TryReadAnnouncement();
        }

        if (kind == DiffItemKind.FarTerminal)
        {
            return TryReadFarTerminal();
        }

        if (kind is DiffItemKind.Terminal or DiffItemKind.ScreenExtras)
        {
            return TryReadMessage(kind);
        }

        if (kind == DiffItemKind.FrameLines)
        {
            return TryReadFrameLines();
        }

        if (kind == DiffItemKind.ExitStatus)
        {
            return TryReadExitStatus();
        }

        if (kind is not (DiffItemKind.Bytes or DiffItemKind.Resize or DiffItemKind.EchoAck))
        {
            return false;
        }

        ProtoReader value = new(_instruction.ReadBytes());
        ReadOnlySpan<byte> bytes = default;
        int width = 0, height = 0;
        ulong echoAck = 0;
        while (value.Next())
        {
            if (kind == DiffItemKind.Bytes && value.At(BytesField, ProtoWireType.LengthDelimited))
            {
                bytes = value.ReadBytes();
            }
            else if (kind == DiffItemKind.Resize && value.At(WidthField, ProtoWireType.Varint))
            {
                width = value.ReadInt32();
            }
            else if (kind == DiffItemKind.Resize && value.At(HeightField, ProtoWireType.Varint))
            {
                height = value.ReadInt32();
            }
            else if (kind == DiffItemKind.EchoAck && value.At(EchoAckField, ProtoWireType.Varint))
            {
                echoAck = value.ReadUInt64();
            }
        }

        _failed |= value.Failed || _instruction.Failed;
        Current = new DiffItem { Kind = kind, Bytes = bytes, Width = width, Height = height, EchoAck = echoAck };
        return !_failed;
    }

    private bool TryReadAnnouncement()
    {
        _failed |= !AnnouncementMessage.TryRead(_instruction.ReadBytes(), out AnnouncementMessage announcement) || _instruction.Failed;
        Current = new DiffItem { Kind = DiffItemKind.Announcement, Announcement = announcement };
        return !_failed;
    }

    private bool TryReadMessage(DiffItemKind kind)
    {
        ReadOnlySpan<byte> message = _instruction.ReadBytes();
        bool isGood = kind == DiffItemKind.Terminal ? TerminalMessage.TryRead(message, out _) : ScreenExtrasReader.IsWellFormed(message);
        _failed |= !isGood || _instruction.Failed;
        Current = new DiffItem { Kind = kind, Bytes = message };
        return !_failed;
    }

    private bool TryReadFrameLines()
    {
        _failed |= !FrameLinesMessage.TryRead(_instruction.ReadBytes(), out FrameLinesMessage lines) || _instruction.Failed;
        Current = new DiffItem { Kind = DiffItemKind.FrameLines, FrameLines = lines };
        return !_failed;
    }

    private bool TryReadExitStatus()
    {
        _failed |= !ExitStatusMessage.TryRead(_instruction.ReadBytes(), out ExitStatusMessage status) || _instruction.Failed;
        Current = new DiffItem { Kind = DiffItemKind.ExitStatus, ExitStatus = status };
        return !_failed;
    }

    private bool TryReadFarTerminal()
    {
        ProtoReader value = new(_instruction.ReadBytes());
        uint flags = 0;
        while (value.Next())
        {
            if (value.At(FarTerminalField, ProtoWireType.Varint))
            {
                flags = value.ReadUInt32();
            }
        }

        _failed |= value.Failed || _instruction.Failed;
        Current = new DiffItem { Kind = DiffItemKind.FarTerminal, FarTerminal = flags };
        return !_failed;
    }
}
