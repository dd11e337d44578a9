namespace Roam.Lab;

/// <summary>Writes the generated Unicode tables anew; with --import DIRECTORY first the data of the cluster table (HACKING.md says where it comes from).</summary>
internal static class WidthsVerb
{
    public const string ClusterData = "tests/Roam.Lab/Widths/ClusterClasses.txt";

    private const string Tables = "src/Roam.Terminal/Unicode";

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length == 2 && args[0] == "--import")
        {
            File.WriteAllText(ClusterData, ClusterDataImport.Import(args[1]));
        }
        else if (args.Length != 0)
        {
            Console.Error.WriteLine("usage: Roam.Lab widths [--import DIRECTORY]");
            return 2;
        }

        File.WriteAllText($"{Tables}/CharWidth.g.cs", WidthTableGenerator.Generate());
        File.WriteAllText($"{Tables}/ClusterBreak.g.cs", ClusterTableGenerator.Generate(File.ReadAllLines(ClusterData)));
        return 0;
    }
}
