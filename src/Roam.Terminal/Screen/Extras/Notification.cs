namespace Roam.Terminal;

/// <summary>A message for the user's desktop (OSC 9, OSC 777;notify). The title is empty where the sequence has none.</summary>
public sealed record Notification(string Title, string Body);
