namespace Roam.Lab;

/// <summary>Roam.Lab sim streams: byte streams beside a typist.</summary>
internal static class StreamSimVerb
{
    private const string Usage = """
        usage: Roam.Lab sim streams --targets          speed and what a typist notices, on paths of several kinds
        """;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--targets"])
        {
            StreamTargets.Print();
            return 0;
        }

        Console.Error.WriteLine(Usage);
        return 2;
    }
}
