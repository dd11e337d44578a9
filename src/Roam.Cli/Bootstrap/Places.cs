using Roam.Host;
using Roam.Transport;

namespace Roam.Cli;

/// <summary>The places to try for a server, best first. Pure: a list of what is known, in the order of its worth.</summary>
internal static class Places
{
    /// <summary>Numeric addresses without doubles, of the families that are wanted, no more than the client tries.</summary>
    /// <param name="family">--family. With "auto" the family of the first address decides.</param>
    /// <param name="sources">Lists of addresses; what is known best comes first.</param>
    public static List<string> Choose(FamilyPreference family, params IEnumerable<string?>[] sources)
    {
        List<string> places = [];
        foreach (string address in sources.SelectMany(s => s).OfType<string>())
        {
            bool isIPv6 = address.Contains(':', StringComparison.Ordinal);
            bool isWanted = family switch
            {
                FamilyPreference.InetOnly => !isIPv6,
                FamilyPreference.Inet6Only => isIPv6,
                FamilyPreference.Auto => places.Count == 0 || isIPv6 == places[0].Contains(':', StringComparison.Ordinal),
                _ => true,
            };
            if (isWanted && places.Count < PeerCandidates.CountMax && OptionValues.IsNumericAddress(address) && !places.Contains(address))
            {
                places.Add(address);
            }
        }

        return places;
    }

    /// <summary>`ADDR;PORT` or `ADDR;PORT;HEXID`, separated by spaces.</summary>
    public static string Text(IEnumerable<string> addresses, int port, string via) =>
        string.Join(' ', addresses.Select(a => FormattableString.Invariant($"{a};{port}") + (via.Length > 0 ? ";" + via : "")));
}
