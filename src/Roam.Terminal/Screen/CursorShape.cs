namespace Roam.Terminal;

/// <summary>DECSCUSR parameter values.</summary>
public enum CursorShape : byte
{
    Default = 0,
    BlinkingBlock = 1,
    SteadyBlock = 2,
    BlinkingUnderline = 3,
    SteadyUnderline = 4,
    BlinkingBar = 5,
    SteadyBar = 6,
}
