namespace Roam.Lab;

/// <summary>Writes the generated Unicode tables anew; with --import DIRECTORY first their data (HACKING.md says where these come from).</summary>
internal static class WidthsVerb
{
    /// <summary>Where the data files are, from the root of the sources.</summary>
    public const string Folder = "tests/Roam.Lab/Widths";

    public const string ClusterData = "ClusterClasses.txt";
    public const string SpacingMarks = "SpacingMarks.txt";

    private const string Tables = "src/Roam.Terminal/Unicode";

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length == 2 && args[0] == "--import")
        {
            UnicodePackage package = new(args[1]);
            File.WriteAllText(Path.Combine(Folder, ClusterData), ClusterDataImport.Import(package));
            File.WriteAllText(Path.Combine(Folder, SpacingMarks), ClusterDataImport.ImportSpacingMarks(package));
        }
        else if (args.Length != 0)
        {
            Console.Error.WriteLine("usage: Roam.Lab widths [--import DIRECTORY]");
            return 2;
        }

        File.WriteAllText($"{Tables}/CharWidth.g.cs", WidthTableGenerator.Generate(Folder));
        File.WriteAllText($"{Tables}/ClusterBreak.g.cs", ClusterTableGenerator.Generate(Folder));
        return 0;
    }
}
