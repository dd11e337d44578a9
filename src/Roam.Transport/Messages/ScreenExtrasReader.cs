namespace Roam.Transport;

/// <summary>
/// Walks over screen extras, extension 103 of a host Instruction: what of them differs from the base, field by field (docs/protocol.md, section 8). Never throws: malformed input sets
/// Failed. Notification, selection and refusal hold { 1 count, 2 title, 3 text, 4 which, 5 the earlier selection with the same text }. Texts are views, as the peer said them.
/// </summary>
public ref struct ScreenExtrasReader(ReadOnlySpan<byte> message)
{
    internal const int CountField = 1;
    internal const int TitleField = 2;
    internal const int TextField = 3;
    internal const int WhichField = 4;
    internal const int SameAsField = 5;

    private ProtoReader _message = new(message);
    private bool _failed;

    public readonly bool Failed => _failed || _message.Failed;

    public ScreenExtraKind Kind { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public bool HasText { get; private set; }

    public ReadOnlySpan<byte> Title { get; private set; }

    /// <summary>Of progress and colour.</summary>
    public ulong Number { get; private set; }

    /// <summary>Of an event.</summary>
    public ulong Count { get; private set; }

    public uint Which { get; private set; }

    /// <summary>The text is that of an earlier selection of the same message.</summary>
    public uint? SameAs { get; private set; }

    public static bool IsWellFormed(ReadOnlySpan<byte> message)
    {
        ScreenExtrasReader reader = new(message);
        while (reader.Next())
        {
        }

        return !reader.Failed;
    }

    /// <summary>Moves to the next field that is known; false at the end or when malformed.</summary>
    public bool Next()
    {
        while (!_failed && _message.Next())
        {
            ScreenExtraKind kind = (ScreenExtraKind)_message.Field;
            ProtoWireType type = kind is ScreenExtraKind.Progress or ScreenExtraKind.Color ? ProtoWireType.Varint : ProtoWireType.LengthDelimited;
            if (kind > ScreenExtraKind.Refusal || _message.WireType != type)
            {
                continue;
            }

            Kind = kind;
            Read(kind);
            return !Failed;
        }

        return false;
    }

    private void Read(ScreenExtraKind kind)
    {
        switch (kind)
        {
            case ScreenExtraKind.Progress or ScreenExtraKind.Color:
                Number = _message.ReadUInt64();
                break;
            case ScreenExtraKind.WorkingDirectory or ScreenExtraKind.PointerShape:
                Text = _message.ReadBytes();
                break;
            default:
                ReadEvent(_message.ReadBytes());
                break;
        }
    }

    private void ReadEvent(ReadOnlySpan<byte> message)
    {
        Title = default;
        Text = default;
        (HasText, Count, Which, SameAs) = (false, 0, 0, null);
        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.At(TextField, ProtoWireType.LengthDelimited))
            {
                Text = reader.ReadBytes();
                HasText = true;
            }
            else if (reader.At(TitleField, ProtoWireType.LengthDelimited))
            {
                Title = reader.ReadBytes();
            }
            else if (reader.At(CountField, ProtoWireType.Varint))
            {
                Count = reader.ReadUInt64();
            }
            else if (reader.At(WhichField, ProtoWireType.Varint))
            {
                Which = reader.ReadUInt32();
            }
            else if (reader.At(SameAsField, ProtoWireType.Varint))
            {
                SameAs = reader.ReadUInt32();
            }
        }

        _failed |= reader.Failed;
    }
}
