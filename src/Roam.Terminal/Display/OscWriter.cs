namespace Roam.Terminal;

/// <summary>Operating system commands, ended by BEL as stock reads them.</summary>
internal static class OscWriter
{
    /// <summary>OSC 2 and 1, or OSC 0 when title and icon name become the same text.</summary>
    public static void WriteTitles(ref ByteSink sink, Screen? from, Screen to, ReadOnlySpan<char> prefix)
    {
        bool icon = to.IconName is not null && to.IconName != from?.IconName;
        bool title = to.Title is not null && to.Title != from?.Title;
        if (icon && title && to.IconName == to.Title)
        {
            WriteText(ref sink, "\e]0;"u8, prefix, to.Title);
            return;
        }

        if (icon)
        {
            WriteText(ref sink, "\e]1;"u8, prefix, to.IconName);
        }

        if (title)
        {
            WriteText(ref sink, "\e]2;"u8, prefix, to.Title);
        }
    }

    public static void WriteClipboard(ref ByteSink sink, Screen? from, Screen to)
    {
        if (to.Clipboard is not null && (to.ClipboardCount != (from?.ClipboardCount ?? 0) || to.Clipboard != from?.Clipboard))
        {
            WriteText(ref sink, "\e]52;c;"u8, [], to.Clipboard);
        }
    }

    /// <summary>OSC 8 with parameters and URI as the program gave them; empty ends the link.</summary>
    public static void WriteLink(ref ByteSink sink, ReadOnlySpan<char> link) => WriteText(ref sink, "\e]8;"u8, [], link.IsEmpty ? ";" : link);

    private static void WriteText(ref ByteSink sink, ReadOnlySpan<byte> introducer, ReadOnlySpan<char> prefix, ReadOnlySpan<char> text)
    {
        sink.Put(introducer);
        sink.PutText(prefix);
        sink.PutText(text);
        sink.Put((byte)'\a');
    }
}
