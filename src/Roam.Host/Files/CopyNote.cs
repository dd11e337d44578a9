using System.Text;

namespace Roam.Host;

/// <summary>One line for the user: which file, and what is the matter with it.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Path">As the system has it; empty when it is no file's fault.</param>
/// <param name="Text">A sentence without its end.</param>
public sealed record CopyNote(NoteKind Kind, byte[] Path, string Text)
{
    public static CopyNote Error(byte[] path, string text) => new(NoteKind.Error, path, text);

    public static CopyNote Fatal(string text) => new(NoteKind.Fatal, [], text);

    internal void Send(FrameOutput output, bool mayGrow)
    {
        PayloadWriter writer = new(stackalloc byte[PayloadWriter.BytesMax]);
        writer.Number((int)Kind);
        writer.Bytes(Path.AsSpan(0, Math.Min(Path.Length, Libc.PathBytesMax)));
        byte[] text = Encoding.UTF8.GetBytes(Text);
        writer.Bytes(text.AsSpan(0, Math.Min(text.Length, CopyLimits.TextBytesMax)));
        output.Send(FrameType.Note, writer.Written, mayGrow);
    }

    /// <summary>Null: it is none.</summary>
    internal static CopyNote? Read(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        NoteKind kind = (NoteKind)reader.Number((int)NoteKind.Fatal);
        byte[] path = reader.Bytes(Libc.PathBytesMax).ToArray();
        ReadOnlySpan<byte> text = reader.Bytes(CopyLimits.TextBytesMax);
        return reader.IsDone ? new CopyNote(kind, path, PrintableName.Of(text)) : null;
    }
}
