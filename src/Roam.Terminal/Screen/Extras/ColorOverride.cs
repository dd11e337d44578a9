namespace Roam.Terminal;

/// <summary>One colour that the program redefined: <see cref="ColorSlot"/> and its RGB value.</summary>
public readonly record struct ColorOverride(int Slot, Color Color);
