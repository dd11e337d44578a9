namespace Roam.Terminal;

/// <summary>A row made of a line that is to be committed.</summary>
/// <param name="Wrapped">The next row goes on with its text.</param>
/// <param name="EndsInSpacer">The last column is empty because a wide character did not fit.</param>
internal readonly record struct PlannedRow(bool Wrapped, bool EndsInSpacer);
