using System.Globalization;

namespace Roam.Lab;

/// <summary>The command line of `record`.</summary>
internal sealed record RecordOptions
{
    public const string Usage =
        "usage: Roam.Lab record FILE [--size WxH] [--keys SCRIPT] [--term NAME] [--title TEXT] [--command TEXT] [--limit SECONDS] -- PROGRAM ARGS\n"
        + "  SCRIPT: keys \"TEXT\", wait \"TEXT\", gone \"TEXT\", settle [MS], resize WxH, mark NAME, end; without it your own terminal drives the program.\n"
        + "  What is typed is in the file, too.";

    public required string File { get; init; }

    public required string[] Program { get; init; }

    /// <summary>Null: the user's own terminal's, or 80x24.</summary>
    public (int Width, int Height)? Size { get; init; }

    public string? KeyScript { get; init; }

    public string Term { get; init; } = "xterm-256color";

    public string Title { get; init; } = "";

    /// <summary>What the header says was run; null: the program's line itself.</summary>
    public string? Command { get; init; }

    /// <summary>The program is ended after so long in any case.</summary>
    public int LimitSeconds { get; init; } = 3600;

    /// <summary>Null: not understood.</summary>
    public static RecordOptions? TryParse(ReadOnlySpan<string> args)
    {
        int separator = args.IndexOf("--");
        if (separator < 1 || separator == args.Length - 1)
        {
            return null;
        }

        RecordOptions options = new() { File = args[0], Program = args[(separator + 1)..].ToArray() };
        for (int i = 1; i < separator; i += 2)
        {
            if (i + 1 == separator || options.With(args[i], args[i + 1]) is not { } changed)
            {
                return null;
            }

            options = changed;
        }

        return options;
    }

    private RecordOptions? With(string name, string value) => name switch
    {
        "--size" when RecordingEvent.ParseSize(value) is { } size => this with { Size = size },
        "--keys" => this with { KeyScript = value },
        "--term" => this with { Term = value },
        "--title" => this with { Title = value },
        "--command" => this with { Command = value },
        "--limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) => this with { LimitSeconds = seconds },
        _ => null,
    };
}
