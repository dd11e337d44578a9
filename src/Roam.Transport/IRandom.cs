namespace Roam.Transport;

/// <summary>Random bytes: getrandom(2) in the host, a seeded generator in the simulator.</summary>
public interface IRandom
{
    void Fill(Span<byte> destination);
}
