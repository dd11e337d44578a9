using Roam.Lab;
using Roam.Tests.House;

namespace Roam.Tests.Terminal;

/// <summary>The recordings of this folder (Scripts/record made them; HACKING.md says how).</summary>
internal static class RecordingFiles
{
    public static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Roam.Tests", "Terminal", "Recordings");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.cast").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    public static Recording Load(string name) => Recording.Load(PathOf(name));

    public static string PathOf(string name) => Path.Combine(Folder, name + ".cast");
}
