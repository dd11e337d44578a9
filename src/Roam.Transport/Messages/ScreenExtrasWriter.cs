using System.Buffers;
using System.Text;

namespace Roam.Transport;

/// <summary>Writes what <see cref="ScreenExtrasReader"/> reads, without the headers around it.</summary>
public readonly ref struct ScreenExtrasWriter(IBufferWriter<byte> destination)
{
    private readonly IBufferWriter<byte> _destination = destination;
    private readonly ProtoWriter _writer = new(destination);

    public void WriteText(ScreenExtraKind kind, ReadOnlySpan<char> text) => WriteText((int)kind, text, Encoding.UTF8.GetByteCount(text));

    public void WriteNumber(ScreenExtraKind kind, ulong number) => _writer.WriteUInt64((int)kind, number);

    public void WriteNotification(ulong count, ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        (int titleBytes, int textBytes) = (Encoding.UTF8.GetByteCount(title), Encoding.UTF8.GetByteCount(text));
        int size = ProtoWriter.UInt64Size(ScreenExtrasReader.CountField, count) + ProtoWriter.BytesSize(ScreenExtrasReader.TitleField, titleBytes)
            + ProtoWriter.BytesSize(ScreenExtrasReader.TextField, textBytes);
        _writer.WriteHeader((int)ScreenExtraKind.Notification, size);
        _writer.WriteUInt64(ScreenExtrasReader.CountField, count);
        WriteText(ScreenExtrasReader.TitleField, title, titleBytes);
        WriteText(ScreenExtrasReader.TextField, text, textBytes);
    }

    /// <param name="which">The selection's number.</param>
    /// <param name="count">Of its writes.</param>
    /// <param name="text">Null: not kept.</param>
    /// <param name="sameAs">A selection written before that has the same text; -1 = none.</param>
    public void WriteSelection(int which, ulong count, string? text, int sameAs)
    {
        int textBytes = text is null || sameAs >= 0 ? 0 : Encoding.UTF8.GetByteCount(text);
        int size = ProtoWriter.UInt64Size(ScreenExtrasReader.CountField, count) + ProtoWriter.UInt64Size(ScreenExtrasReader.WhichField, (uint)which);
        size += sameAs >= 0 ? ProtoWriter.UInt64Size(ScreenExtrasReader.SameAsField, (uint)sameAs)
            : text is null ? 0 : ProtoWriter.BytesSize(ScreenExtrasReader.TextField, textBytes);
        _writer.WriteHeader((int)ScreenExtraKind.Selection, size);
        _writer.WriteUInt64(ScreenExtrasReader.CountField, count);
        if (sameAs < 0 && text is not null)
        {
            WriteText(ScreenExtrasReader.TextField, text, textBytes);
        }

        _writer.WriteUInt64(ScreenExtrasReader.WhichField, (uint)which);
        if (sameAs >= 0)
        {
            _writer.WriteUInt64(ScreenExtrasReader.SameAsField, (uint)sameAs);
        }
    }

    public void WriteRefusal(ulong count, uint which)
    {
        int size = ProtoWriter.UInt64Size(ScreenExtrasReader.CountField, count) + ProtoWriter.UInt64Size(ScreenExtrasReader.WhichField, which);
        _writer.WriteHeader((int)ScreenExtraKind.Refusal, size);
        _writer.WriteUInt64(ScreenExtrasReader.CountField, count);
        _writer.WriteUInt64(ScreenExtrasReader.WhichField, which);
    }

    private void WriteText(int field, ReadOnlySpan<char> text, int bytes)
    {
        _writer.WriteHeader(field, bytes);
        _destination.Advance(Encoding.UTF8.GetBytes(text, _destination.GetSpan(bytes)));
    }
}
