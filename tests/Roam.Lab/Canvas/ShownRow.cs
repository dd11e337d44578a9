namespace Roam.Lab;

/// <summary>One row as a terminal shows it, in a form that every terminal can be asked for.</summary>
/// <param name="Text">Up to the last cell that is not blank.</param>
/// <param name="Styles">The rendition of each of its characters: "count*rendition" for each run.</param>
/// <param name="Wrapped">It goes on in the next row.</param>
internal readonly record struct ShownRow(string Text, string Styles, bool Wrapped);
