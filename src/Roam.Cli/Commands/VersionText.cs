using System.Runtime.InteropServices;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>What --version prints. Version and commit come from the build (Roam.Cli.csproj writes BuildInfo).</summary>
internal static class VersionText
{
    private const int ProtocolVersion = 2;

    private const string Legal = """
        Copyright The Roam authors
        Licence Apache-2.0 <https://www.apache.org/licenses/LICENSE-2.0>
        There is no warranty, to the extent permitted by law.

        """;

    private static string Build => BuildInfo.Commit.Length > 0 ? $"commit {BuildInfo.Commit}" : "commit unknown";

    /// <summary>`roam --version`, and with -v what the program is made of.</summary>
    public static string Roam(bool verbose) => $"""
        roam {BuildInfo.Version} ({Build})
        Protocol: mosh {ProtocolVersion} (works with mosh 1.4 at either end)
        Character widths: Unicode {CharWidth.UnicodeVersion}
        {(verbose ? Details : "")}{Legal}
        """;

    private static string Details => $"""
        Grapheme clusters (mode 2027): Unicode {ClusterBreak.UnicodeVersion}
        Runtime: {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}

        """;

    /// <summary>The compatible names: scripts look for the name at the start of the first line.</summary>
    public static string Compatible(string name) => $"""
        {name} (roam {BuildInfo.Version}, compatible with mosh 1.4, protocol {ProtocolVersion}) [build {Build}]
        {Legal}
        """;
}
