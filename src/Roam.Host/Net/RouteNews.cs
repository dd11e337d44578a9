namespace Roam.Host;

/// <summary>What the kernel's messages say about the way to the server; the larger value wins.</summary>
internal enum RouteNews
{
    /// <summary>Nothing that could matter.</summary>
    None,

    /// <summary>Perhaps: it matters when the kernel now answers otherwise, from which address the server is reached.</summary>
    MayMatter,

    /// <summary>It matters even if that address is the same: a link came up, the address was gone meanwhile, the default route was set anew.</summary>
    Matters,
}
