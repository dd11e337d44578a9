using System.Globalization;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>The command line of `predict sim`.</summary>
internal sealed record PredictSimOptions
{
    public const string Usage =
        "usage: Roam.Lab predict sim [NAME...] [--server roam|stock|both] [--predict MODE] [--rtt MS] [--hurried FACTOR] [--seed N]\n"
        + "         [--set own|held-out] [--recordings FOLDER] [--compare] [--record] [--trace] [--only missed|wrong|leaked|shown|FIRST-LAST]\n"
        + "  Recorded typing sessions through two whole sessions and a link in virtual time: what the client shows at once, and what of it is wrong.\n"
        + "  --server     roam (default): a server that says what it knows of its terminal; stock: one that says nothing\n"
        + "  --predict    adaptive (default), always, never, experimental, stock\n"
        + "  --set        own (default): the recordings that the rules were found with; held-out: those that they were not\n"
        + "  --compare    the recorded numbers beside those that differ (tests/Roam.Lab/Predict/expected.tsv, expected-held-out.tsv); --record writes them anew\n"
        + "  --trace      every key of the named recordings: what was there, what came, what the client showed after 30 ms; --only some of them";

    private string? _folder;

    public List<string> Names { get; } = [];

    public IReadOnlyList<bool> Servers { get; private set; } = [true];

    public PredictionMode Mode { get; private set; } = PredictionMode.Adaptive;

    public int RoundTripMillis { get; private set; } = PredictRun.RoundTripMillisDefault;

    /// <summary>Of the typist's pauses.</summary>
    public double Hurry { get; private set; } = 1;

    public ulong Seed { get; private set; } = 1;

    public TypingSet Set { get; private set; } = TypingSet.Own;

    public string Folder => _folder ?? Set.Recordings;

    public bool Compares { get; private set; }

    public bool Records { get; private set; }

    public bool Traces { get; private set; }

    /// <summary>Which keys a trace shows; empty: all.</summary>
    public string Only { get; private set; } = "";

    /// <summary>Null: not understood.</summary>
    public static PredictSimOptions? TryParse(ReadOnlySpan<string> args)
    {
        PredictSimOptions options = new();
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                options.Names.Add(args[i]);
            }
            else if (!options.TryFlag(args[i]) && (i + 1 == args.Length || !options.TryValue(args[i], args[++i])))
            {
                return null;
            }
        }

        return options;
    }

    private bool TryFlag(string name)
    {
        switch (name)
        {
            case "--compare":
                return Compares = true;
            case "--record":
                return Records = true;
            case "--trace":
                return Traces = true;
            default:
                return false;
        }
    }

    private bool TryValue(string name, string value)
    {
        switch (name)
        {
            case "--server" when value is "roam" or "stock" or "both":
                Servers = value switch { "roam" => [true], "stock" => [false], _ => [true, false] };
                return true;
            case "--predict" when Enum.TryParse(value, ignoreCase: true, out PredictionMode mode):
                Mode = mode;
                return true;
            case "--rtt" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int millis):
                RoundTripMillis = millis;
                return true;
            case "--hurried" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double hurry) && hurry > 0:
                Hurry = hurry;
                return true;
            case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed):
                Seed = seed;
                return true;
            case "--recordings" when Directory.Exists(value):
                _folder = value;
                return true;
            case "--set" when TypingSet.Find(value) is { } set:
                Set = set;
                return true;
            case "--only":
                Only = value;
                return KeyTrace.IsFilter(value);
            default:
                return false;
        }
    }
}
