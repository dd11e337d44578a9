using System.Globalization;

namespace Roam.Cli;

/// <summary>A session whose server runs by itself now.</summary>
internal sealed record StartedSession(int Pid, int Port, string KeyText, string Via)
{
    /// <summary>The line that every mosh's wrapper looks for; before it, the id that a shared port asks for.</summary>
    public string Announcement => $"{(Via.Length > 0 ? $"ROAM VIA {Via}\n" : "")}MOSH CONNECT {Port.ToString(CultureInfo.InvariantCulture)} {KeyText}\n";

    /// <summary>Of its control socket.</summary>
    public string Name => Pid.ToString(CultureInfo.InvariantCulture);
}
