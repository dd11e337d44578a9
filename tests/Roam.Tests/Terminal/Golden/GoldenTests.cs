using Roam.Tests.House;

namespace Roam.Tests.Terminal;

/// <summary>The .test files of this folder: one line says what goes in, the next what must be on the screen.</summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Roam.Tests", "Terminal", "Golden");

    public static TheoryData<string, string> Scripts()
    {
        TheoryData<string, string> data = [];
        foreach (string file in Directory.EnumerateFiles(Folder, "*.test").Order(StringComparer.Ordinal))
        {
            foreach (GoldenScript script in GoldenScript.Read(file))
            {
                data.Add(script.File, script.Title);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_screen_is_as_the_script_says_however_the_input_is_cut(string file, string title)
    {
        GoldenScript script = GoldenScript.Read(Path.Combine(Folder, file + ".test")).Single(s => s.Title == title);
        GoldenRun.Play(script, int.MaxValue);
        GoldenRun.Play(script, 1);
    }
}
