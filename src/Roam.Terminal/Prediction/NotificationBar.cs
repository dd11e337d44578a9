#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>The bar over the top row: how long nothing was heard, and messages to the user.</summary>
public sealed class NotificationBar
{
    /// <summary>When anything authentic was last heard from the server.</summary>
    public void SetLastHeard(long micros)
    {
    }

    /// <summary>When the newest state that the server has acknowledged was sent.</summary>
    public void SetLastAcked(long micros)
    {
    }

    /// <summary>Null removes the message. One that is not permanent goes away by itself.</summary>
    public void SetMessage(string? message, bool permanent, bool showQuitHint)
    {
    }

    public void Overlay(long nowMicros, Screen screen)
    {
    }

    /// <summary>When the bar's text changes next.</summary>
    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        atMicros = long.MaxValue;
        return false;
    }
}
