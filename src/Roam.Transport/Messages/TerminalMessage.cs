using System.Buffers;

namespace Roam.Transport;

/// <summary>
/// What the client says of the user's terminal: in hello (field 4) and as an event of its own, extension 101 of a user Instruction (docs/protocol.md, section 8).
/// What is not there is not known. Unknown fields are skipped; the TERM text is a view, as the peer said it.
/// </summary>
public ref struct TerminalMessage
{
    /// <summary>A longer message is malformed; one of this version has some 130 bytes at most.</summary>
    public const int BytesMax = 1024;

    private const int TermField = 1;
    private const int ColorsField = 2;
    private const int TrueColorField = 3;
    private const int SynchronizedOutputField = 4;
    private const int KeyboardFlagsField = 5;
    private const int ForegroundField = 6;
    private const int BackgroundField = 7;
    private const int CellWidthField = 8;
    private const int CellHeightField = 9;
    private const int ModifyOtherKeysField = 10;
    private const int ColorSchemeField = 11;

    public ReadOnlySpan<byte> Term { get; set; }

    public uint? Colors { get; set; }

    public bool TrueColor { get; set; }

    public bool SynchronizedOutput { get; set; }

    /// <summary>Those of kitty's keyboard protocol that were on; null: the terminal does not have the protocol.</summary>
    public uint? KeyboardFlags { get; set; }

    /// <summary>0xRRGGBB.</summary>
    public uint? Foreground { get; set; }

    public uint? Background { get; set; }

    /// <summary>In pixels.</summary>
    public uint? CellWidth { get; set; }

    public uint? CellHeight { get; set; }

    /// <summary>xterm's modifyOtherKeys and formatOtherKeys are there.</summary>
    public bool ModifyOtherKeys { get; set; }

    /// <summary>1 dark, 2 light.</summary>
    public uint? ColorScheme { get; set; }

    /// <summary>False when malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out TerminalMessage terminal)
    {
        terminal = default;
        if (message.Length > BytesMax)
        {
            return false;
        }

        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.At(TermField, ProtoWireType.LengthDelimited))
            {
                terminal.Term = reader.ReadBytes();
            }
            else if (reader.WireType == ProtoWireType.Varint)
            {
                terminal.Take(reader.Field, reader.ReadUInt32());
            }
        }

        return !reader.Failed;
    }

    public readonly void Write(IBufferWriter<byte> destination)
    {
        ProtoWriter writer = new(destination);
        if (!Term.IsEmpty)
        {
            writer.WriteBytes(TermField, Term);
        }

        WriteIfKnown(writer, ColorsField, Colors);
        WriteIfKnown(writer, TrueColorField, TrueColor ? 1 : null);
        WriteIfKnown(writer, SynchronizedOutputField, SynchronizedOutput ? 1 : null);
        WriteIfKnown(writer, KeyboardFlagsField, KeyboardFlags);
        WriteIfKnown(writer, ForegroundField, Foreground);
        WriteIfKnown(writer, BackgroundField, Background);
        WriteIfKnown(writer, CellWidthField, CellWidth);
        WriteIfKnown(writer, CellHeightField, CellHeight);
        WriteIfKnown(writer, ModifyOtherKeysField, ModifyOtherKeys ? 1 : null);
        WriteIfKnown(writer, ColorSchemeField, ColorScheme);
    }

    private static void WriteIfKnown(ProtoWriter writer, int field, uint? value)
    {
        if (value is { } known)
        {
            writer.WriteUInt64(field, known);
        }
    }

    private void Take(int field, uint value)
    {
        switch (field)
        {
            case ColorsField:
                Colors = value;
                break;
            case TrueColorField:
                TrueColor = value != 0;
                break;
            case SynchronizedOutputField:
                SynchronizedOutput = value != 0;
                break;
            case KeyboardFlagsField:
                KeyboardFlags = value;
                break;
            case ForegroundField:
                Foreground = value;
                break;
            case BackgroundField:
                Background = value;
                break;
            case CellWidthField:
                CellWidth = value;
                break;
            case CellHeightField:
                CellHeight = value;
                break;
            case ModifyOtherKeysField:
                ModifyOtherKeys = value != 0;
                break;
            case ColorSchemeField:
                ColorScheme = value;
                break;
        }
    }
}
