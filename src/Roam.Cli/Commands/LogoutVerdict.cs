namespace Roam.Cli;

/// <summary>What has to be done so that a session outlives the login it was started from.</summary>
/// <param name="WantsScope">The server belongs into a scope of the user's manager.</param>
/// <param name="Note">What the user or the administrator must do; empty: nothing.</param>
internal sealed record LogoutVerdict(bool WantsScope, string Note);
