using System.Globalization;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>
/// What scripts say and ask of things beside the picture. "CLIENT dark fg=#ffffff bg=#000000 cursor=#00ff00 cell=8x16 kitty other-keys" says what the user's terminal is
/// (as much of it as is known).
/// </summary>
internal static class GoldenExtras
{
    public static ClientTerminal Client(string words)
    {
        ClientTerminal client = ClientTerminal.Unknown;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string value = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
            client = word[..^value.Length] switch
            {
                "fg=" => client with { Foreground = Parse(value) },
                "bg=" => client with { Background = Parse(value) },
                "cursor=" => client with { CursorColor = Parse(value) },
                "cell=" => client with { CellWidth = Number(value.Split('x')[0]), CellHeight = Number(value.Split('x')[1]) },
                _ => value switch
                {
                    "dark" => client with { Scheme = ColorScheme.Dark },
                    "light" => client with { Scheme = ColorScheme.Light },
                    "kitty" => client with { HasKittyKeyboard = true },
                    "other-keys" => client with { HasModifyOtherKeys = true },
                    "unknown" => client,
                    _ => throw new FormatException(word),
                },
            };
        }

        return client;
    }

    public static bool TryAnswer(string what, string where, Screen screen, out string answer)
    {
        ScreenExtras extras = screen.Extras;
        string? found = what switch
        {
            "directory" => extras.WorkingDirectory ?? "(none)",
            "pointer" => extras.PointerShape ?? "(none)",
            "progress" => $"{extras.Progress.State} {extras.Progress.Percent}",
            "notification" => extras.Notification is { } n ? $"{n.Title}|{n.Body}" : "(none)",
            "notifications" => extras.NotificationCount.ToString(CultureInfo.InvariantCulture),
            "selection" => extras.Selections.TextOf(Selections.Names.IndexOf(where, StringComparison.Ordinal)) ?? "(none)",
            "selection-count" => extras.Selections.CountOf(Selections.Names.IndexOf(where, StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture),
            "colors" => string.Join(' ', extras.Colors.Entries.ToArray().Select(static e => $"{e.Slot}={Name(e.Color)}")),
            "mark" => Mark(screen.RowAt(Number(where)).Mark),
            _ => null,
        };
        answer = found ?? "";
        return found is not null;
    }

    private static string Mark(PromptMark mark)
    {
        string kinds = (mark.Kinds & ~PromptMarkKinds.ExitCodeKnown).ToString().Replace(",", "", StringComparison.Ordinal);
        return (mark.Kinds & PromptMarkKinds.ExitCodeKnown) != 0 ? $"{kinds} {mark.ExitCode}" : kinds;
    }

    private static string Name(Color color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";

    private static Color Parse(string text)
    {
        uint value = uint.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Color.Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
