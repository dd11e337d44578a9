using System.Globalization;
using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>Carries out one script on an emulator of its own.</summary>
internal sealed class GoldenRun
{
    private readonly GoldenScript _script;
    private readonly int _chunk;
    private Emulator _emulator;

    private GoldenRun(GoldenScript script, int chunk)
    {
        _script = script;
        _chunk = chunk;
        _emulator = Create(allowClipboardQuery: false);
    }

    private Emulator Create(bool allowClipboardQuery) =>
        new(_script.Width, _script.Height, new EmulatorOptions { HistoryLines = 50, AllowScreenReports = true, AllowClipboardQuery = allowClipboardQuery });

    /// <summary>Runs the script with all input cut into chunks of the given size.</summary>
    public static void Play(GoldenScript script, int chunk)
    {
        GoldenRun run = new(script, chunk);
        foreach ((int line, string text) in script.Steps)
        {
            run.Step(line, text);
        }
    }

    private void Step(int line, string text)
    {
        if (text.StartsWith("PUSH ", StringComparison.Ordinal))
        {
            byte[] bytes = GoldenScript.Bytes(text[5..]);
            for (int i = 0; i < bytes.Length;)
            {
                int count = Math.Min(_chunk, bytes.Length - i);
                _emulator.Write(bytes.AsSpan(i, count));
                i += count;
            }
        }
        else if (text.StartsWith("RESIZE ", StringComparison.Ordinal))
        {
            (int width, int height) = Pair(text[7..]);
            _emulator.Resize(width, height);
        }
        else if (text.StartsWith("CLIENT ", StringComparison.Ordinal))
        {
            _emulator.Client = GoldenExtras.Client(text[7..]);
        }
        else if (text == "ALLOW clipboard-query")
        {
            _emulator = Create(allowClipboardQuery: true);
        }
        else
        {
            Ask(line, text);
        }

        _emulator.Screen.CheckIntegrity();
    }

    private void Ask(int line, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        Assert.True(text[0] == '?' && equals > 0, $"{_script.File}:{line}: not a step: {text}");
        string[] question = text[1..equals].Trim().Split(' ', 2);
        string expected = text[(equals + 1)..].Trim();
        if (expected.StartsWith('"'))
        {
            expected = Encoding.UTF8.GetString(GoldenScript.Bytes(expected));
        }

        string actual = Answer(question[0], question.Length > 1 ? question[1] : "");
        Assert.True(expected == actual, $"{_script.File}.test:{line}: {text}\n  but it is: {Visible(actual)}");
    }

    private string Answer(string what, string where)
    {
        Screen screen = _emulator.Screen;
        switch (what)
        {
            case "cursor":
                return $"{screen.Cursor.Row},{screen.Cursor.Column}" + (screen.Cursor.PendingWrap ? " pending" : "");
            case "row":
                return screen.RowText(int.Parse(where, CultureInfo.InvariantCulture));
            case "rows":
                return string.Join('|', Enumerable.Range(0, screen.Height).Select(screen.RowText));
            case "style":
                return StyleText.Describe(screen.Tables.Styles[CellAt(where).Style]);
            case "pen":
                return StyleText.Describe(screen.Pen);
            case "link":
                return screen.Tables.Links[CellAt(where).Link];
            case "cell":
                return TextOf(screen, CellAt(where));
            case "width":
                return CellAt(where).Width.ToString(CultureInfo.InvariantCulture);
            case "reply":
                string reply = Encoding.UTF8.GetString(_emulator.Replies);
                _emulator.ClearReplies();
                return reply;
            case "wrapped":
                return screen.RowAt(int.Parse(where, CultureInfo.InvariantCulture)).Wrapped ? "yes" : "no";
            case "margins":
                return $"{screen.MarginTop},{screen.MarginBottom}";
            case "columns":
                return $"{screen.MarginLeft},{screen.MarginRight}";
            case "protected":
                return YesNo(CellAt(where).IsProtected);
            case "title":
                return screen.Title ?? "(none)";
            case "icon":
                return screen.IconName ?? "(none)";
            case "clipboard":
                return screen.Clipboard ?? "(none)";
            default:
                return GoldenExtras.TryAnswer(what, where, screen, out string answer) ? answer : Mode(what, screen);
        }
    }

    private string Mode(string what, Screen screen) => what switch
    {
        "bells" => screen.BellCount.ToString(CultureInfo.InvariantCulture),
        "copies" => screen.ClipboardCount.ToString(CultureInfo.InvariantCulture),
        "shape" => screen.Cursor.Shape.ToString(),
        "cursor-hidden" => YesNo(screen.Modes.CursorHidden),
        "reverse-video" => YesNo(screen.Modes.ReverseVideo),
        "bracketed-paste" => YesNo(screen.Modes.BracketedPaste),
        "focus-events" => YesNo(screen.Modes.FocusEvents),
        "mouse" => screen.Modes.Mouse.ToString(),
        "mouse-encoding" => screen.Modes.MouseEncoding.ToString(),
        "application-cursor-keys" => YesNo(_emulator.ApplicationCursorKeys),
        "alternate" => YesNo(_emulator.IsAlternate),
        "synchronized" => YesNo(_emulator.SynchronizedUpdate),
        "frame-row" => _emulator.FrameScreen.RowText(0),
        "scrollback" => _emulator.History!.Count.ToString(CultureInfo.InvariantCulture),
        "alternate-scroll" => YesNo(screen.Modes.AlternateScroll),
        "keyboard-flags" => screen.Modes.KeyboardFlags.ToString(CultureInfo.InvariantCulture),
        "other-keys" => $"{screen.Modes.ModifyOtherKeys},{screen.Modes.FormatOtherKeys}",
        _ => "no such question: " + what,
    };

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string TextOf(Screen screen, Cell cell) =>
        cell.IsSpacer ? "(right half)" : cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : new Rune(cell.Content).ToString();

    private Cell CellAt(string where)
    {
        (int row, int column) = Pair(where);
        return _emulator.Screen.CellsAt(row)[column];
    }

    private static (int First, int Second) Pair(string text)
    {
        string[] parts = text.Split(',');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Visible(string text) => text.Replace("\e", "\\e", StringComparison.Ordinal);
}
