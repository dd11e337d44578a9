namespace Roam.Terminal;

/// <summary>When guesses are drawn (--predict).</summary>
public enum PredictionMode
{
    Adaptive,
    Always,
    Never,

    /// <summary>Draws at once, even the guesses that nothing has confirmed yet.</summary>
    Experimental,
}
