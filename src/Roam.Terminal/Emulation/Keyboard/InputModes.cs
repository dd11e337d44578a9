namespace Roam.Terminal;

/// <summary>What the program asked keys to be: DECCKM, DECBKM.</summary>
public readonly record struct InputModes(bool ApplicationCursorKeys, bool BackarrowSendsBackspace);
