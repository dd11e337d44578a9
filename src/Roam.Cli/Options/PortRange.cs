using System.Globalization;

namespace Roam.Cli;

/// <summary>PORT or LOW:HIGH of UDP. 0 means any free port.</summary>
internal readonly record struct PortRange(int Low, int High)
{
    private const int PortMax = 65535;

    /// <summary>Where mosh's servers have always listened, and what firewalls are opened for.</summary>
    public static readonly PortRange Default = new(60001, 60999);

    public static bool TryParse(string text, out PortRange range, out string error)
    {
        range = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        ReadOnlySpan<char> lowText = colon < 0 ? text : text.AsSpan(0, colon);
        if (!TryParsePort(lowText, out int low, out error))
        {
            return false;
        }

        int high = low;
        if (colon >= 0 && !TryParsePort(text.AsSpan(colon + 1), out high, out error))
        {
            return false;
        }

        if (low > high)
        {
            error = $"low port {low} is greater than high port {high}";
            return false;
        }

        range = new PortRange(low, high);
        return true;
    }

    /// <summary>Digits only: no sign, no space, no 0x.</summary>
    public static bool TryParsePort(ReadOnlySpan<char> text, out int port, out string error)
    {
        error = "";
        if (text.Length == 0 || text.ContainsAnyExceptInRange('0', '9') || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            port = 0;
            error = text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9') ? $"port {text} is outside 0..{PortMax}" : $"\"{text}\" is not a port number";
            return false;
        }

        if (port > PortMax)
        {
            error = $"port {port} is outside 0..{PortMax}";
            return false;
        }

        return true;
    }

    public override string ToString() => Low == High
        ? Low.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Low}:{High}");
}
