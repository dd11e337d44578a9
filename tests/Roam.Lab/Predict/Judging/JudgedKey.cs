namespace Roam.Lab;

/// <summary>A key, and how many pictures of either side stood before it.</summary>
internal readonly record struct JudgedKey(long Micros, Keystroke Key, int References, int Frames);
