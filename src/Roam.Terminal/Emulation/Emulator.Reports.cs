using System.Globalization;

namespace Roam.Terminal;

/// <summary>Answers to queries: the list, and the commonest. Honest: nothing is claimed that is not there. All answers are in 7-bit form, also after S8C1T.</summary>
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
                // A VT420; programs guess xterm's features from the second number, and 10 promises none.
                Reply("\e[>41;10;0c");
                break;
            case Selector.EqualsSign | 'c' when parameters.ValueOr(0, 0) == 0:
                Reply("\eP!|00000000\e\\");
                break;
            case 'n':
                ReportStatus(parameters.ValueOr(0, 0), isPrivate: false);
                break;
            case Selector.Question | 'n' when parameters.ValueOr(0, 0) == 6:
                ReportStatus(6, isPrivate: true);
                break;
            case Selector.Question | 'n':
                ReportDeviceStatus(in parameters);
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
            default:
                if (!DispatchKeyboard(selector, in parameters))
                {
                    DispatchState(selector, in parameters);
                }

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
                ReportCapabilities(data);
                break;
        }
    }

    /// <summary>
    /// DA1: a VT420 (64) with selective erase (6), horizontal scrolling (21), colour (22), rectangular editing (28), and OSC 52 to write the clipboard (52, an extension that terminals
    /// have agreed on). Not 132 columns, printer, sixel, soft fonts, locator.
    /// </summary>
    private void ReportPrimaryAttributes() => Reply(_options.ColorCount >= 8 ? "\e[?64;6;21;22;28;52c" : "\e[?64;6;21;28;52c");

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

    /// <summary>DECRPM. Levels 1 and 2 (DECSCL) do not have it.</summary>
    private void ReportMode(string prefix, int mode, ModeReport report)
    {
        if (_talk.Level < 3)
        {
            return;
        }

        Span<char> text = stackalloc char[ReplyLengthMax];
        text.TryWrite(CultureInfo.InvariantCulture, $"\e[{prefix}{mode};{(int)report}$y", out int length);
        Reply(text[..length]);
    }

    private void Reply(ReadOnlySpan<char> text)
    {
        if (_options.AnswerQueries)
        {
            _replies.Append(text);
        }
    }

    /// <summary>Begins an answer made of pieces. False = nothing is answered here.</summary>
    private bool BeginReply(ReadOnlySpan<byte> introducer)
    {
        if (!_options.AnswerQueries)
        {
            return false;
        }

        _replies.Begin();
        _replies.Add(introducer);
        return true;
    }

    private void EndReply(ReadOnlySpan<byte> terminator)
    {
        _replies.Add(terminator);
        _replies.End();
    }

    /// <summary>An answer of one or two numbers.</summary>
    private void ReplyNumbers(ReadOnlySpan<byte> introducer, int first, int? second, ReadOnlySpan<byte> terminator)
    {
        if (BeginReply(introducer))
        {
            _replies.Add(first);
            if (second is not null)
            {
                _replies.Add(";"u8);
                _replies.Add(second.Value);
            }

            EndReply(terminator);
        }
    }
}
