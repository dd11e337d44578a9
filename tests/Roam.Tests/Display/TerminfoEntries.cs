namespace Roam.Tests.Display;

/// <summary>Compiled entries as Debian's ncurses-base installs them.</summary>
internal static class TerminfoEntries
{
    public static byte[] Load(string term)
    {
        string[] places = ["/lib/terminfo", "/usr/share/terminfo"];
        string file = places.Select(p => Path.Combine(p, term[..1], term)).FirstOrDefault(File.Exists) ?? "";
        Assert.True(file.Length != 0, $"no terminfo entry for {term}: install ncurses-base");
        return File.ReadAllBytes(file);
    }
}
