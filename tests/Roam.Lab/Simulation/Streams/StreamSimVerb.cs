using System.Globalization;

namespace Roam.Lab;

/// <summary>Roam.Lab sim streams: byte streams beside a typist.</summary>
internal static class StreamSimVerb
{
    private const string Usage = """
        usage: Roam.Lab sim streams [--seeds A..B]     random runs: every byte once and in order, memory bounded (default 1..200)
               Roam.Lab sim streams --targets          speed and what a typist notices, on paths of several kinds
        """;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--targets"])
        {
            StreamTargets.Print();
            return 0;
        }

        if (TrySeeds(args, out ulong first, out ulong last))
        {
            return RunSeeds(first, last);
        }

        Console.Error.WriteLine(Usage);
        return 2;
    }

    private static bool TrySeeds(ReadOnlySpan<string> args, out ulong first, out ulong last)
    {
        (first, last) = (1, 200);
        if (args.IsEmpty)
        {
            return true;
        }

        string[] ends = args is ["--seeds", _] ? args[1].Split("..") : [];
        return ends.Length is 1 or 2
            && ulong.TryParse(ends[0], CultureInfo.InvariantCulture, out first)
            && ulong.TryParse(ends[^1], CultureInfo.InvariantCulture, out last);
    }

    private static int RunSeeds(ulong first, ulong last)
    {
        int failed = 0;
        for (ulong seed = first; seed <= last; seed++)
        {
            if ((StreamRun.Run(seed) ?? ChannelRun.Run(seed)) is { } failure)
            {
                failed++;
                Console.WriteLine($"seed {seed} failed: {failure}");
            }
        }

        Console.WriteLine($"{last - first + 1 - (ulong)failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
