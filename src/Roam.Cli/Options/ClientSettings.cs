using Roam.Host;
using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Cli;

/// <summary>What the client takes from its environment, because the wrapper of any mosh hands it over that way.</summary>
internal sealed class ClientSettings
{
    /// <summary>Not mosh's: more addresses of the server, numeric, separated by spaces.</summary>
    public const string AddressesVariable = "ROAM_ADDRESSES";

    /// <summary>Not mosh's: all places to try, `ADDRESS;PORT` or `ADDRESS;PORT;ID`, separated by spaces. Set, it replaces the address, the port and the variable above.</summary>
    public const string PlacesVariable = "ROAM_PLACES";

    /// <summary>Not mosh's: when set, the terminal is asked nothing at the start.</summary>
    public const string NoQueriesVariable = "ROAM_NO_TERMINAL_QUERIES";

    /// <summary>Set: the terminal's own scrollback is left alone.</summary>
    public const string NoHistoryVariable = "ROAM_NO_HISTORY";

    /// <summary>-L, -R and -D, as shell words: a letter and its words in turn.</summary>
    public const string ForwardsVariable = "ROAM_FORWARDS";

    /// <summary>Set: ExitOnForwardFailure.</summary>
    public const string ForwardStrictVariable = "ROAM_FORWARD_STRICT";

    /// <summary>Set: the program's exit status is the client's. mosh's wrapper does not set it, and expects 0.</summary>
    public const string ExitStatusVariable = "ROAM_EXIT_STATUS";

    /// <summary>Set: a command without a terminal.</summary>
    public const string PipesVariable = "ROAM_PIPES";

    public PredictionMode Prediction { get; private set; } = PredictionMode.Adaptive;

    public bool PredictOverwrite { get; private set; }

    public EscapeKeySettings EscapeKey { get; private set; } = EscapeKeySettings.Default;

    public bool InitializeTerminal { get; private set; } = true;

    public bool AsksTerminal { get; private set; } = true;

    /// <summary>MOSH_NO_TERM_INIT asks for a screen that is drawn in place, which leaves no room for it either.</summary>
    public bool WantsHistory { get; private set; } = true;

    public bool TellsExitStatus { get; private set; }

    public bool UsesPipes { get; private set; }

    public bool TitlePrefix { get; private set; } = true;

    public IReadOnlyList<string> MoreAddresses { get; private set; } = [];

    public IReadOnlyList<Place> Places { get; private set; } = [];

    /// <summary>The socket of the agent that the far side may ask; null: it may ask none.</summary>
    public string? AgentPath { get; private set; }

    public IReadOnlyList<ForwardSpec> Forwards { get; private set; } = [];

    public bool ForwardsAreStrict { get; private set; }

    /// <summary>False: the error names the variable.</summary>
    public static bool TryRead(Func<string, string?> get, out ClientSettings settings, out string error)
    {
        settings = new ClientSettings
        {
            PredictOverwrite = get("MOSH_PREDICTION_OVERWRITE") is "yes" or "true" or "1",
            InitializeTerminal = get("MOSH_NO_TERM_INIT") is null,
            AsksTerminal = get(NoQueriesVariable) is null,
            WantsHistory = get(NoHistoryVariable) is null && get("MOSH_NO_TERM_INIT") is null,
            ForwardsAreStrict = get(ForwardStrictVariable) is not null,
            TellsExitStatus = get(ExitStatusVariable) is not null,
            UsesPipes = get(PipesVariable) is not null,
            TitlePrefix = get("MOSH_TITLE_NOPREFIX") is null,
            MoreAddresses = [.. (get(AddressesVariable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(OptionValues.IsNumericAddress).Take(PeerCandidates.CountMax)],
        };
        settings.AgentPath = get(AgentChoice.PathVariable) is { Length: > 0 } agent ? agent : null;
        settings.Places = ReadPlaces(get(PlacesVariable) ?? "");
        error = "";
        string? display = get("MOSH_PREDICTION_DISPLAY");
        if (!string.IsNullOrEmpty(display))
        {
            if (!OptionValues.TryParsePrediction(display, out PredictionMode mode, out error))
            {
                error = "MOSH_PREDICTION_DISPLAY: " + error;
                return false;
            }

            settings.Prediction = mode;
        }

        return settings.TrySetForwards(get(ForwardsVariable) ?? "", out error) && settings.TrySetEscapeKey(get("MOSH_ESCAPE_KEY"), out error);
    }

    /// <summary>What is no place is left out: a newer wrapper may know of more kinds.</summary>
    private static List<Place> ReadPlaces(string text)
    {
        List<Place> places = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Place.TryParse(word, out Place place) && places.Count < PeerCandidates.CountMax)
            {
                places.Add(place);
            }
        }

        return places;
    }

    private bool TrySetForwards(string text, out string error)
    {
        error = "";
        if (!ShellWords.TrySplit(text, out List<string> words) || words.Count % 2 != 0)
        {
            error = $"{ForwardsVariable} is not pairs of words";
            return false;
        }

        List<ForwardSpec> forwards = [];
        for (int i = 0; i < words.Count; i += 2)
        {
            if (!OptionValues.TryParseForward(words[i], words[i + 1], out ForwardSpec spec, out error))
            {
                error = $"{ForwardsVariable}: {error}";
                return false;
            }

            forwards.Add(spec);
        }

        Forwards = forwards;
        return true;
    }

    private bool TrySetEscapeKey(string? text, out string error)
    {
        bool good = EscapeKeySettings.TryParse(text, out EscapeKeySettings key);
        EscapeKey = key;
        error = good ? "" : "MOSH_ESCAPE_KEY must be one ASCII character but not Ctrl-C, D, J, L or M, or empty for none";
        return good;
    }
}
