using System.Globalization;

namespace Roam.Terminal;

/// <summary>Answers to queries. Honest: nothing is claimed that is not there.</summary>
public sealed partial class Emulator
{
    private const int ReplyLengthMax = 128;

    private void DispatchReports(uint selector, in Parameters parameters)
    {
        switch (selector)
        {
            case 'c' when parameters.ValueOr(0, 0) == 0:
                ReportPrimaryAttributes();
                break;
            case Selector.Greater | 'c' when parameters.ValueOr(0, 0) == 0:
                // A VT220, as mosh says; programs guess features from the second number, and 10 promises none.
                Reply("\e[>1;10;0c");
                break;
            case Selector.EqualsSign | 'c' when parameters.ValueOr(0, 0) == 0:
                Reply("\eP!|00000000\e\\");
                break;
            case 'n':
                ReportStatus(parameters.ValueOr(0, 0), isPrivate: false);
                break;
            case Selector.Question | 'n':
                ReportStatus(parameters.ValueOr(0, 0), isPrivate: true);
                break;
            case Selector.Dollar | 'p':
                ReportMode("", parameters.ValueOr(0, 0), QueryAnsiMode(parameters.ValueOr(0, 0)));
                break;
            case Selector.Question | Selector.Dollar | 'p':
                ReportMode("?", parameters.ValueOr(0, 0), QueryPrivateMode(parameters.ValueOr(0, 0)));
                break;
            case Selector.Greater | 'q' when parameters.ValueOr(0, 0) == 0:
                Reply("\eP>|" + _options.ProductVersion + "\e\\");
                break;
            case 't':
                WindowOperation(in parameters);
                break;
        }
    }

    internal void DispatchDcs(uint selector, in Parameters parameters, ReadOnlySpan<byte> data)
    {
        switch (selector)
        {
            case Selector.Dollar | 'q':
                ReportSetting(data);
                break;
            case Selector.Plus | 'q':
                // XTGETTCAP: no capability is known by name.
                Reply("\eP0+r\e\\");
                break;
        }
    }

    /// <summary>DA1: a VT220 (62); 22 = ANSI colour.</summary>
    private void ReportPrimaryAttributes() => Reply(_options.ColorCount >= 8 ? "\e[?62;22c" : "\e[?62c");

    /// <summary>DSR 5 (in order), 6 (cursor position; relative to the margins in origin mode); the private 6 adds the page.</summary>
    private void ReportStatus(int what, bool isPrivate)
    {
        if (what == 5 && !isPrivate)
        {
            Reply("\e[0n");
        }
        else if (what == 6)
        {
            int row = Screen.Cursor.Row + 1 - (_modes.Origin ? Screen.MarginTop : 0);
            int column = Screen.Cursor.Column + 1 - (_modes.Origin ? Screen.MarginLeft : 0);
            Span<char> text = stackalloc char[ReplyLengthMax];
            text.TryWrite(CultureInfo.InvariantCulture, $"\e[{(isPrivate ? "?" : "")}{row};{column}{(isPrivate ? ";1" : "")}R", out int length);
            Reply(text[..length]);
        }
    }

    /// <summary>DECRPM.</summary>
    private void ReportMode(string prefix, int mode, ModeReport report)
    {
        Span<char> text = stackalloc char[ReplyLengthMax];
        text.TryWrite(CultureInfo.InvariantCulture, $"\e[{prefix}{mode};{(int)report}$y", out int length);
        Reply(text[..length]);
    }

    /// <summary>DECRQSS for the margins, protection, the extent of DECCARA and the cursor's shape; "0" = not known for the rest.</summary>
    private void ReportSetting(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[ReplyLengthMax];
        int length;
        if (name.SequenceEqual("r"u8))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"\eP1$r{Screen.MarginTop + 1};{Screen.MarginBottom + 1}r\e\\", out length);
        }
        else if (name.SequenceEqual("s"u8))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"\eP1$r{Screen.MarginLeft + 1};{Screen.MarginRight + 1}s\e\\", out length);
        }
        else if (name.SequenceEqual("\"q"u8))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"\eP1$r{(_protectsPrinted && _protection == Protection.Dec ? 1 : 0)}\"q\e\\", out length);
        }
        else if (name.SequenceEqual("*x"u8))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"\eP1$r{(_changesRectangles ? 2 : 0)}*x\e\\", out length);
        }
        else if (name.SequenceEqual(" q"u8))
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"\eP1$r{(int)Screen.Cursor.Shape} q\e\\", out length);
        }
        else
        {
            Reply("\eP0$r\e\\");
            return;
        }

        Reply(text[..length]);
    }

    /// <summary>XTWINOPS: the reports that need no window (11 not iconified, 18 and 19 size in cells) and the title stack (22, 23).</summary>
    private void WindowOperation(in Parameters parameters)
    {
        Span<char> text = stackalloc char[ReplyLengthMax];
        int length;
        switch (parameters.ValueOr(0, 0))
        {
            case 11:
                Reply("\e[1t");
                break;
            case 18:
                text.TryWrite(CultureInfo.InvariantCulture, $"\e[8;{Screen.Height};{Screen.Width}t", out length);
                Reply(text[..length]);
                break;
            case 19:
                text.TryWrite(CultureInfo.InvariantCulture, $"\e[9;{Screen.Height};{Screen.Width}t", out length);
                Reply(text[..length]);
                break;
            case 22:
                _titles.Push(Screen.IconName, Screen.Title);
                break;
            case 23:
                PopTitle(parameters.ValueOr(1, 0));
                break;
        }
    }

    /// <summary>XTWINOPS 23: 0 both, 1 icon name, 2 title. A title that was never set comes back as empty: "never set" cannot be sent to a terminal.</summary>
    private void PopTitle(int what)
    {
        if (!_titles.TryPop(out string? icon, out string? title))
        {
            return;
        }

        if (what is 0 or 1 && Screen.IconName is not null)
        {
            Screen.IconName = icon ?? "";
        }

        if (what is 0 or 2 && Screen.Title is not null)
        {
            Screen.Title = title ?? "";
        }
    }

    private void Reply(ReadOnlySpan<char> text)
    {
        if (_options.AnswerQueries)
        {
            _replies.Append(text);
        }
    }
}
