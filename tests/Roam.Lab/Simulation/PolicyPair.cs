namespace Roam.Lab;

/// <summary>The timing policies of the two sides, by name.</summary>
internal readonly record struct PolicyPair(string Client, string Server)
{
    public static readonly PolicyPair Roam = new("roam", "roam");
    public static readonly PolicyPair Stock = new("stock", "stock");

    public bool IsKnown => TimingPolicies.IsKnown(Client) && TimingPolicies.IsKnown(Server);

    /// <summary>"roam" for both, "roam,stock" or "roam+stock" for client and server.</summary>
    public static bool TryParse(string text, out PolicyPair pair)
    {
        string[] names = text.Split(',', '+');
        pair = new PolicyPair(names[0], names[^1]);
        return names.Length <= 2 && pair.IsKnown;
    }

    public override string ToString() => $"{Client}+{Server}";
}
