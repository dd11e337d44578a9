namespace Roam.Terminal;

/// <summary>XTWINOPS. The window is the user's: nothing moves or resizes it. What it is like is answered as far as it is known.</summary>
public sealed partial class Emulator
{
    /// <summary>Sizes in pixels (14, 15, 16) are answered only if the client said how large a cell is.</summary>
    private void WindowOperation(in Parameters parameters)
    {
        switch (parameters.ValueOr(0, 0))
        {
            case 11:
                // Not iconified.
                Reply("\e[1t");
                break;
            case 13:
                // Where the window is is not known, and no business of a program's; the upper left corner.
                Reply("\e[3;0;0t");
                break;
            case 14:
                ReportPixels(4, Screen.Height, Screen.Width);
                break;
            case 15:
                ReportPixels(5, Screen.Height, Screen.Width);
                break;
            case 16:
                ReportPixels(6, 1, 1);
                break;
            case 18:
                ReplyNumbers("\e[8;"u8, Screen.Height, Screen.Width, "t"u8);
                break;
            case 19:
                ReplyNumbers("\e[9;"u8, Screen.Height, Screen.Width, "t"u8);
                break;
            case 20:
                // Empty, whatever the name is: a file that is shown could set a command line as title and have it typed by asking for it. Also 21.
                Reply("\e]L\e\\");
                break;
            case 21:
                Reply("\e]l\e\\");
                break;
            case 22:
                PushTitle(parameters.ValueOr(1, 0));
                break;
            case 23:
                PopTitle(parameters.ValueOr(1, 0));
                break;
        }
    }

    private void ReportPixels(int kind, int rows, int columns)
    {
        if (_client.KnowsPixels && BeginReply("\e["u8))
        {
            _replies.Add(kind);
            _replies.Add(";"u8);
            _replies.Add(rows * _client.CellHeight);
            _replies.Add(";"u8);
            _replies.Add(columns * _client.CellWidth);
            EndReply("t"u8);
        }
    }

    /// <summary>XTWINOPS 22: 0 both, 1 icon name, 2 title.</summary>
    private void PushTitle(int what)
    {
        if (what <= 2)
        {
            _titles.Push(what == 2 ? null : Screen.IconName ?? "", what == 1 ? null : Screen.Title ?? "");
        }
    }

    /// <summary>XTWINOPS 23. A title that was never set comes back as empty: "never set" cannot be sent to a terminal.</summary>
    private void PopTitle(int what)
    {
        if (what > 2 || !_titles.TryPop(out string? icon, out string? title))
        {
            return;
        }

        if (what != 2 && Screen.IconName is not null)
        {
            Screen.IconName = icon ?? Screen.IconName;
        }

        if (what != 1 && Screen.Title is not null)
        {
            Screen.Title = title ?? Screen.Title;
        }
    }
}
