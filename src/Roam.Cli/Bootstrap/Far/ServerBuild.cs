namespace Roam.Cli;

/// <summary>One binary that can be put on a far side.</summary>
/// <param name="File">Where it lies here, packed by gzip or not.</param>
/// <param name="IsPacked">By gzip.</param>
/// <param name="Hash">SHA-256 of the binary itself, in lower-case hexadecimal digits.</param>
internal sealed record ServerBuild(string File, bool IsPacked, string Hash)
{
    private const int HashDigitsInName = 16;

    /// <summary>Its name in the far side's cache: a version replaces none but itself.</summary>
    public string Name => $"roam-{BuildInfo.Version}-{Hash[..HashDigitsInName]}";
}
