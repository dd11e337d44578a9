using System.Globalization;

namespace Roam.Lab;

/// <summary>What `bench predict` was asked to do.</summary>
internal sealed record PredictBenchOptions
{
    public const string Usage =
        "usage: Roam.Lab bench predict [--only NAME,...] [--pairs roam,mixed,stock] [--predict MODE] [--rtt MS] [--hurried [FACTOR]] [--seed N] [--jobs N]\n"
        + "         [--workloads FOLDER] [--keep FOLDER] [--markdown FILE] [--json FILE]\n"
        + "  Real programs typed into at a person's pace, through clients behind a delayed link, judged against a copy of the program on a local terminal.\n"
        + "  --pairs     roam: out/mosh-server and out/mosh-client; mixed: stock server, Roam's client; stock: both stock; or NAME=SERVER,CLIENT\n"
        + "  --predict   adaptive (default), always, never, experimental, and stock for Roam's client alone (stock's is then adaptive)\n"
        + "  --keep      a trace for each workload and pair: every key, what the program did and what the client showed";

    /// <summary>Somebody who types that much faster.</summary>
    private const double HurriedFactor = 0.6;

    /// <summary>Each is five sessions' worth of programs; more at a time would make the programs slower than they are.</summary>
    private const int JobsDefault = 6;

    private const int JobsMax = 32;

    private static readonly SessionPair[] Known =
    [
        new("roam", "out/mosh-server", "out/mosh-client"),
        new("mixed", "mosh-server", "out/mosh-client"),
        new("stock", "mosh-server", "mosh-client"),
    ];

    /// <summary>Empty: all workloads.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<SessionPair> Pairs { get; init; } = Known;

    public string Predict { get; init; } = "adaptive";

    public int RoundTripMillis { get; init; } = 200;

    public double Hurry { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    public int Jobs { get; init; } = JobsDefault;

    /// <summary>Null: those that are part of the laboratory.</summary>
    public string? WorkloadFolder { get; init; }

    public string? KeepFolder { get; init; }

    public string? MarkdownFile { get; init; }

    public string? JsonFile { get; init; }

    /// <summary>Null: not understood.</summary>
    public static PredictBenchOptions? TryParse(ReadOnlySpan<string> args)
    {
        PredictBenchOptions? options = new();
        for (int i = 0; i < args.Length && options is not null; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            if (args[i] == "--hurried")
            {
                bool isGiven = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor) && factor > 0;
                options = options with { Hurry = isGiven ? factor : HurriedFactor };
                i += isGiven ? 1 : 0;
                continue;
            }

            options = options.With(args[i++], value);
        }

        return options;
    }

    /// <summary>The mode that a pair's client is started in: stock's knows no mode of that name, since it has no other engine.</summary>
    public string PredictOf(SessionPair pair) => Predict == "stock" && !pair.Client.Contains('/') ? "adaptive" : Predict;

    private static SessionPair[]? PairsOf(string value)
    {
        if (SessionPair.TryParse(value) is { } own)
        {
            return [own];
        }

        SessionPair?[] pairs = [.. value.Split(',').Select(name => Array.Find(Known, p => p.Name == name))];
        return Array.Exists(pairs, p => p is null) ? null : [.. pairs.OfType<SessionPair>()];
    }

    private PredictBenchOptions? With(string name, string value) => name switch
    {
        "--only" when value.Length > 0 => this with { Only = value.Split(',') },
        "--pairs" when PairsOf(value) is { } pairs => this with { Pairs = pairs },
        "--predict" when value is "adaptive" or "always" or "never" or "experimental" or "stock" => this with { Predict = value },
        "--rtt" when Whole(value) is { } millis => this with { RoundTripMillis = millis },
        "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) => this with { Seed = seed },
        "--jobs" when Whole(value) is > 0 and <= JobsMax and { } jobs => this with { Jobs = jobs },
        "--workloads" when Directory.Exists(value) => this with { WorkloadFolder = value },
        "--keep" when value.Length > 0 => this with { KeepFolder = value },
        "--markdown" when value.Length > 0 => this with { MarkdownFile = value },
        "--json" when value.Length > 0 => this with { JsonFile = value },
        _ => null,
    };

    private static int? Whole(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
