namespace Roam.Cli;

/// <summary>What the far side's probe told, as `ROAM FACT name value` lines. The names are the probe's (<see cref="FarProbe"/>).</summary>
internal sealed class FarFacts
{
    public const string Prefix = "ROAM FACT ";

    /// <summary>A far side that talks without end fills no memory.</summary>
    private const int CountMax = 64;

    private readonly Dictionary<string, string> _values = [];

    /// <summary>Empty: not told, or nothing to tell.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>False: the line is none of the probe's.</summary>
    public bool TryTake(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] words = line[Prefix.Length..].Split(' ', 2);
        if (_values.Count < CountMax)
        {
            _values[words[0]] = words.Length > 1 ? words[1].Trim() : "";
        }

        return true;
    }
}
