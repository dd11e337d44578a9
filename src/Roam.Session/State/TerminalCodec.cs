using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>The user's terminal between what the emulator knows of it and the message (docs/protocol.md, section 8). What a peer says is cut down to what makes sense.</summary>
internal static class TerminalCodec
{
    /// <summary>Of TERM; what is over is cut off.</summary>
    public const int TermBytesMax = 64;

    /// <summary>No cell is larger, in pixels; a larger one counts as not known.</summary>
    public const int CellPixelsMax = 1024;

    /// <summary>No terminal has more colours than a direct one.</summary>
    private const uint ColorsMax = 1 << 24;

    public static byte[] Encode(ClientTerminal terminal)
    {
        ArrayBufferWriter<byte> bytes = new();
        bool knowsPixels = terminal.CellWidth > 0 && terminal.CellHeight > 0;
        byte[] term = Encoding.ASCII.GetBytes(terminal.Term ?? "");
        new TerminalMessage
        {
            Term = term.AsSpan(0, Math.Min(term.Length, TermBytesMax)),
            Colors = terminal.Colors > 0 ? (uint)terminal.Colors : null,
            TrueColor = terminal.TrueColor,
            SynchronizedOutput = terminal.SynchronizedOutput,
            KeyboardFlags = terminal.HasKittyKeyboard ? 0u : null,
            ModifyOtherKeys = terminal.HasModifyOtherKeys,
            Foreground = ValueOf(terminal.Foreground),
            Background = ValueOf(terminal.Background),
            ColorScheme = terminal.Scheme == ColorScheme.Unknown ? null : (uint)terminal.Scheme,
            CellWidth = knowsPixels ? (uint)terminal.CellWidth : null,
            CellHeight = knowsPixels ? (uint)terminal.CellHeight : null,
        }.Write(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Of a well-formed message.</summary>
    public static ClientTerminal Decode(ReadOnlySpan<byte> message)
    {
        TerminalMessage.TryRead(message, out TerminalMessage said);
        bool knowsPixels = said.CellWidth is > 0 and <= CellPixelsMax && said.CellHeight is > 0 and <= CellPixelsMax;
        return new ClientTerminal
        {
            Term = said.Term.IsEmpty ? null : TermOf(said.Term),
            Colors = (int)Math.Min(said.Colors ?? 0, ColorsMax),
            TrueColor = said.TrueColor,
            SynchronizedOutput = said.SynchronizedOutput,
            HasKittyKeyboard = said.KeyboardFlags is not null,
            HasModifyOtherKeys = said.ModifyOtherKeys,
            Foreground = ColorOf(said.Foreground),
            Background = ColorOf(said.Background),
            Scheme = said.ColorScheme is (uint)ColorScheme.Dark or (uint)ColorScheme.Light ? (ColorScheme)said.ColorScheme : ColorScheme.Unknown,
            CellWidth = knowsPixels ? (int)said.CellWidth! : 0,
            CellHeight = knowsPixels ? (int)said.CellHeight! : 0,
        };
    }

    private static uint? ValueOf(Color? color) => color is { } c ? ((uint)c.Red << 16) | ((uint)c.Green << 8) | c.Blue : null;

    private static Color? ColorOf(uint? value) => value is { } v ? Color.Rgb((byte)(v >> 16), (byte)(v >> 8), (byte)v) : null;

    /// <summary>For a person's eyes: printable ASCII only.</summary>
    private static string TermOf(ReadOnlySpan<byte> text)
    {
        Span<char> term = stackalloc char[TermBytesMax];
        term = term[..Math.Min(text.Length, TermBytesMax)];
        for (int i = 0; i < term.Length; i++)
        {
            term[i] = text[i] is >= (byte)' ' and <= (byte)'~' ? (char)text[i] : '?';
        }

        return new string(term);
    }
}
