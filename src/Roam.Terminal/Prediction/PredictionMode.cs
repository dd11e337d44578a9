namespace Roam.Terminal;

/// <summary>When guesses are drawn (--predict).</summary>
public enum PredictionMode
{
    Adaptive,
    Always,
    Never,

    /// <summary>Draws at once, even the guesses that nothing has confirmed yet.</summary>
    Experimental,

    /// <summary>As <see cref="Adaptive"/>, by the rules of mosh 1.4, for comparison.</summary>
    Stock,
}
