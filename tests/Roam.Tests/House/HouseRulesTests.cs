using System.Text.RegularExpressions;

namespace Roam.Tests.House;

/// <summary>HACKING.md's house rules, as far as a program can check them.</summary>
public sealed partial class HouseRulesTests
{
    private const int FileLinesMax = 600;
    private const int FilesInFolderMax = 30;

    [Fact]
    public void No_file_grows_past_its_idea()
    {
        AssertNone(Sources().Where(f => File.ReadLines(f).Count() > FileLinesMax), $"has more than {FileLinesMax} lines: cut it");
    }

    [Fact]
    public void No_folder_holds_more_files_than_one_can_survey()
    {
        AssertNone(
            Sources().GroupBy(f => Path.GetDirectoryName(f)!).Where(g => g.Count() > FilesInFolderMax).Select(g => g.Key),
            $"holds more than {FilesInFolderMax} source files: give an idea its own folder");
    }

    [Fact]
    public void A_file_holds_one_type_and_bears_its_name()
    {
        AssertNone(Sources().Where(f => !NamesItsType(f)), "must hold exactly one top-level type, named like the file (Type.Part.cs for a partial one)");
    }

    [Fact]
    public void Nothing_is_called_manager_helper_or_util()
    {
        AssertNone(Sources().Where(f => VagueName().IsMatch(File.ReadAllText(f))), "declares a type with a name that says nothing (Manager, Helper, Util)");
    }

    [Fact]
    public void No_regions_and_nothing_left_open()
    {
        AssertNone(Sources().Where(f => !f.EndsWith("HouseRulesTests.cs", StringComparison.Ordinal) && LeftOpen().IsMatch(File.ReadAllText(f))), "has a #region or a note to do later");
    }

    [Theory]
    [InlineData("Roam.Terminal")]
    [InlineData("Roam.Transport")]
    [InlineData("Roam.Session", "Roam.Terminal", "Roam.Transport")]
    [InlineData("Roam.Host", "Roam.Session")]
    [InlineData("Roam.Cli", "Roam.Host")]
    public void Arrows_point_downward_only(string project, params string[] allowed)
    {
        string text = File.ReadAllText(Path.Combine(SourceTree.Root, "src", project, project + ".csproj"));
        IEnumerable<string> references = ProjectReference().Matches(text).Select(m => m.Groups[1].Value);
        Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Native_calls_are_declared_in_the_host_only()
    {
        AssertNone(
            SourceTree.CSharpFiles("src").Where(f => !f.Contains("/Roam.Host/", StringComparison.Ordinal) && NativeImport().IsMatch(File.ReadAllText(f))),
            "declares a native function outside Roam.Host");
    }

    [Fact]
    public void Each_project_has_one_namespace()
    {
        AssertNone(SourceTree.CSharpFiles("src").Where(f => !DeclaresNamespaceOfProject(f)), "must be in its project's namespace (file-scoped)");
    }

    private static IEnumerable<string> Sources() =>
        SourceTree.CSharpFiles("src").Concat(SourceTree.CSharpFiles("tests")).Where(f => !SourceTree.IsGenerated(f));

    private static bool NamesItsType(string file)
    {
        List<string> types = [.. TopLevelType().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
        string name = Path.GetFileName(file).Split('.')[0];
        return types.Count == 0 ? file.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal) : types.Count == 1 && types[0] == name;
    }

    private static bool DeclaresNamespaceOfProject(string file)
    {
        string project = SourceTree.Relative(file).Split('/')[1];
        return SourceTree.IsGenerated(file) || File.ReadLines(file).Contains($"namespace {project};") || file.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal);
    }

    private static void AssertNone(IEnumerable<string> offenders, string rule)
    {
        string list = string.Join('\n', offenders.Select(f => $"{SourceTree.Relative(f)} {rule}"));
        Assert.True(list.Length == 0, list);
    }

    [GeneratedRegex(@"^(?:\[[^\n]*\]\s*\n)?(?:public |internal |file |sealed |static |abstract |unsafe |partial |readonly |ref )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(?:class|struct|interface|enum|record) \w*(?:Manager|Helper|Utils?)\b")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/(Roam\.\w+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\[(?:LibraryImport|DllImport)\b")]
    private static partial Regex NativeImport();
}
