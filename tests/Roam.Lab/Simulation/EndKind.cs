namespace Roam.Lab;

/// <summary>Who ends the session.</summary>
internal enum EndKind
{
    Client,
    Server,
    Both,
}
