namespace Roam.Terminal;

/// <summary>A part of the screen; 0-based, all four edges belong to it.</summary>
internal readonly record struct Rectangle(int Top, int Left, int Bottom, int Right)
{
    public int Height => Bottom - Top + 1;

    public int Width => Right - Left + 1;
}
