using System.Globalization;

namespace Roam.Lab;

/// <summary>The command line of `replay`.</summary>
internal sealed record ReplayOptions
{
    public const string Usage =
        "usage: Roam.Lab replay [--size WxH] [--step N] [--expect | --accept] FILE...\n"
        + "  FILE: a recording (asciicast v2) or raw output. --step N: the screen after event N, with renditions, cursor and modes.\n"
        + "  --expect: compare with NAME.screen beside NAME.cast; --accept: write that file.";

    /// <summary>Of raw output; a recording knows its own.</summary>
    public (int Width, int Height) Size { get; init; } = (80, 24);

    public int? Step { get; init; }

    public bool Expect { get; init; }

    public bool Accept { get; init; }

    public string[] Files { get; init; } = [];

    /// <summary>Null: not understood.</summary>
    public static ReplayOptions? TryParse(ReadOnlySpan<string> args)
    {
        ReplayOptions options = new();
        List<string> files = [];
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--size" when RecordingEvent.ParseSize(value) is { } size:
                    options = options with { Size = size };
                    i++;
                    break;
                case "--step" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int step):
                    options = options with { Step = step };
                    i++;
                    break;
                case "--expect":
                    options = options with { Expect = true };
                    break;
                case "--accept":
                    options = options with { Accept = true };
                    break;
                default:
                    if (args[i].StartsWith("--", StringComparison.Ordinal))
                    {
                        return null;
                    }

                    files.Add(args[i]);
                    break;
            }
        }

        return files.Count == 0 ? null : options with { Files = [.. files] };
    }
}
