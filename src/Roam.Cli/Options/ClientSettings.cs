using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>What the client takes from its environment, because the wrapper of any mosh hands it over that way.</summary>
internal sealed class ClientSettings
{
    private const int ControlCircumflex = 0x1E;

    public PredictionMode Prediction { get; private set; } = PredictionMode.Adaptive;

    public bool PredictOverwrite { get; private set; }

    /// <summary>One ASCII byte, or ClientHostOptions.NoEscapeKey.</summary>
    public int EscapeKey { get; private set; } = ControlCircumflex;

    public bool InitializeTerminal { get; private set; } = true;

    public bool TitlePrefix { get; private set; } = true;

    /// <summary>False: the error names the variable.</summary>
    public static bool TryRead(Func<string, string?> get, out ClientSettings settings, out string error)
    {
        settings = new ClientSettings
        {
            PredictOverwrite = get("MOSH_PREDICTION_OVERWRITE") is "yes" or "true" or "1",
            InitializeTerminal = get("MOSH_NO_TERM_INIT") is null,
            TitlePrefix = get("MOSH_TITLE_NOPREFIX") is null,
        };
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

        return settings.TrySetEscapeKey(get("MOSH_ESCAPE_KEY"), out error);
    }

    private bool TrySetEscapeKey(string? text, out string error)
    {
        error = "";
        if (text is null)
        {
            return true;
        }

        if (text.Length == 0)
        {
            EscapeKey = ClientHostOptions.NoEscapeKey;
            return true;
        }

        // These keys are needed too often to be hidden: interrupt, end of file, new line, repaint, return.
        const string Reserved = "\u0003\u0004\n\u000c\r";
        if (text.Length != 1 || text[0] is '\0' or > (char)127)
        {
            error = "MOSH_ESCAPE_KEY must be one ASCII character, or empty for none";
            return false;
        }

        if (Reserved.Contains(text[0], StringComparison.Ordinal))
        {
            error = "MOSH_ESCAPE_KEY must not be Ctrl-C, Ctrl-D, Ctrl-J, Ctrl-L or Ctrl-M";
            return false;
        }

        EscapeKey = text[0];
        return true;
    }
}
