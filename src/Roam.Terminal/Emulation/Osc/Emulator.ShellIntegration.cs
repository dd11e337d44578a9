namespace Roam.Terminal;

/// <summary>What shells tell: the working directory (OSC 7), where prompts, commands and their output begin (OSC 133), and iTerm's forms of both (OSC 1337).</summary>
public sealed partial class Emulator
{
    /// <summary>Longest working directory in bytes, as a URL. A longer one is dropped: what was said before stays.</summary>
    public const int WorkingDirectoryLengthMax = 4096;

    /// <summary>OSC 7 ; file://host/path. Empty = not known any more; what is no file URL is ignored.</summary>
    private void SetWorkingDirectory(ReadOnlySpan<byte> url)
    {
        if (url.Length > WorkingDirectoryLengthMax || !(url.IsEmpty || url.StartsWith("file://"u8)))
        {
            return;
        }

        string? directory = url.IsEmpty ? null : ReadText(url, Screen.Extras.WorkingDirectory);
        if (!ReferenceEquals(directory, Screen.Extras.WorkingDirectory))
        {
            Screen.Extras = Screen.Extras with { WorkingDirectory = directory };
        }
    }

    /// <summary>OSC 133 ; letter ; options. The mark stays on the cursor's row; nothing moves (no "fresh line").</summary>
    private void MarkPrompt(ReadOnlySpan<byte> text)
    {
        OscFields fields = new(text);
        fields.TryNext(out ReadOnlySpan<byte> letter);
        if (letter.Length != 1)
        {
            return;
        }

        switch (letter[0])
        {
            case (byte)'A' or (byte)'P' when !IsSecondaryPrompt(fields):
                Mark(PromptMarkKinds.Prompt);
                break;
            case (byte)'B' or (byte)'I':
                Mark(PromptMarkKinds.Command);
                break;
            case (byte)'C':
                Mark(PromptMarkKinds.Output);
                break;
            case (byte)'D':
                fields.TryNextNumber(out int code);
                MarkEnd(code);
                break;
        }
    }

    /// <summary>k=s and k=c: the prompts of a command's further lines, at which no command begins.</summary>
    private static bool IsSecondaryPrompt(OscFields options)
    {
        while (options.TryNext(out ReadOnlySpan<byte> option))
        {
            if (option.SequenceEqual("k=s"u8) || option.SequenceEqual("k=c"u8))
            {
                return true;
            }
        }

        return false;
    }

    private void Mark(PromptMarkKinds kind)
    {
        PromptMark mark = Screen.RowAt(Screen.Cursor.Row).Mark;
        SetMark(mark with { Kinds = mark.Kinds | kind });
    }

    /// <summary>Exit codes beyond a byte are not known to any shell here, and count as not given.</summary>
    private void MarkEnd(int code)
    {
        PromptMarkKinds kinds = Screen.RowAt(Screen.Cursor.Row).Mark.Kinds | PromptMarkKinds.End;
        SetMark(code is >= 0 and <= byte.MaxValue
            ? new PromptMark(kinds | PromptMarkKinds.ExitCodeKnown, (byte)code)
            : new PromptMark(kinds & ~PromptMarkKinds.ExitCodeKnown, 0));
    }

    private void SetMark(PromptMark mark)
    {
        int y = Screen.Cursor.Row;
        if (Screen.RowAt(y).Mark != mark)
        {
            Screen.WritableRow(y).Mark = mark;
        }
    }

    /// <summary>OSC 1337 (iTerm): the directory and the mark. Files, images and whatever else are consumed.</summary>
    private void ProprietaryCommand(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("SetMark"u8))
        {
            Mark(PromptMarkKinds.Prompt);
        }
        else if (text.StartsWith("CurrentDir=/"u8))
        {
            SetWorkingPath(text["CurrentDir="u8.Length..]);
        }
    }

    /// <summary>A bare path as the URL it stands for: what may not stand in one is written with percent signs (RFC 3986).</summary>
    private void SetWorkingPath(ReadOnlySpan<byte> path)
    {
        Span<byte> url = stackalloc byte[WorkingDirectoryLengthMax];
        "file://"u8.CopyTo(url);
        int length = "file://"u8.Length;
        foreach (byte b in path)
        {
            bool plain = char.IsAsciiLetterOrDigit((char)b) || "-._~/!$&'()*+,;=:@"u8.Contains(b);
            if (length + 3 > url.Length)
            {
                return;
            }

            if (plain)
            {
                url[length++] = b;
            }
            else
            {
                url[length++] = (byte)'%';
                url[length++] = "0123456789ABCDEF"u8[b >> 4];
                url[length++] = "0123456789ABCDEF"u8[b & 0xF];
            }
        }

        SetWorkingDirectory(url[..length]);
    }
}
