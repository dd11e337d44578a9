namespace Roam.Host;

/// <summary>A bound UDP socket and the session's key: what the server announces with MOSH CONNECT.</summary>
public sealed class ServerEndpoint : IDisposable
{
    private ServerEndpoint(int port, string keyText)
    {
        Port = port;
        KeyText = keyText;
    }

    public int Port { get; }

    /// <summary>22 characters of base64.</summary>
    public string KeyText { get; }

    /// <summary>Binds to the first free port of the range (0..0: any free port). A wanted address that cannot be bound falls back to any. Null: error says why.</summary>
    public static ServerEndpoint? TryBind(string? address, int portLow, int portHigh, out string error)
    {
        error = "not bound";
        return null;
    }

    public void Dispose()
    {
    }
}
