using System.Buffers;

namespace Roam.Transport;

/// <summary>Writes the parts of a diff of either direction, each in an Instruction of its own, as stock peers do.</summary>
public readonly ref struct DiffWriter(IBufferWriter<byte> destination)
{
    private readonly ProtoWriter _writer = new(destination);

    /// <summary>Keystroke (client) or hostbytes (server).</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteHeaders(DiffItemKind.Bytes, ProtoWriter.BytesSize(DiffReader.BytesField, bytes.Length));
        _writer.WriteBytes(DiffReader.BytesField, bytes);
    }

    public void WriteResize(int width, int height)
    {
        int size = ProtoWriter.Int32Size(DiffReader.WidthField, width) + ProtoWriter.Int32Size(DiffReader.HeightField, height);
        WriteHeaders(DiffItemKind.Resize, size);
        _writer.WriteInt32(DiffReader.WidthField, width);
        _writer.WriteInt32(DiffReader.HeightField, height);
    }

    public void WriteEchoAck(ulong number)
    {
        WriteHeaders(DiffItemKind.EchoAck, ProtoWriter.UInt64Size(DiffReader.EchoAckField, number));
        _writer.WriteUInt64(DiffReader.EchoAckField, number);
    }

    /// <summary>hello (client) or welcome (server).</summary>
    public void WriteAnnouncement(in AnnouncementMessage announcement)
    {
        WriteHeaders(DiffItemKind.Announcement, announcement.Size);
        announcement.Write(_writer);
    }

    public void WriteFarTerminal(uint flags)
    {
        WriteHeaders(DiffItemKind.FarTerminal, ProtoWriter.UInt64Size(DiffReader.FarTerminalField, flags));
        _writer.WriteUInt64(DiffReader.FarTerminalField, flags);
    }

    /// <summary>The user's terminal, as <see cref="TerminalMessage.Write"/> gives it.</summary>
    public void WriteTerminal(ReadOnlySpan<byte> message) => WriteMessage(DiffItemKind.Terminal, message);

    /// <summary>What a <see cref="ScreenExtrasWriter"/> has written.</summary>
    public void WriteScreenExtras(ReadOnlySpan<byte> message) => WriteMessage(DiffItemKind.ScreenExtras, message);

    private void WriteMessage(DiffItemKind kind, ReadOnlySpan<byte> message)
    {
        WriteHeaders(kind, message.Length);
        _writer.WriteRaw(message);
    }

    public void WriteFrameLines(in FrameLinesMessage lines)
    {
        WriteHeaders(DiffItemKind.FrameLines, lines.Size);
        lines.Write(_writer);
    }

    public void WriteExitStatus(in ExitStatusMessage status)
    {
        WriteHeaders(DiffItemKind.ExitStatus, status.Size);
        status.Write(_writer);
    }

    private void WriteHeaders(DiffItemKind kind, int size)
    {
        _writer.WriteHeader(DiffReader.InstructionField, ProtoWriter.BytesSize((int)kind, size));
        _writer.WriteHeader((int)kind, size);
    }
}
