using System.Globalization;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Roam.Lab sim streams: byte streams beside a typist.</summary>
internal static class StreamSimVerb
{
    private const string Usage = """
        usage: Roam.Lab sim streams [--seeds A..B]     random runs: every byte once and in order, memory bounded (default 1..200)
               Roam.Lab sim streams --targets          speed and what a typist notices, on paths of several kinds
               Roam.Lab sim streams --races [WORDS]    the table of docs/benchmarks.md: alone, with loss, beside a typist, beside another's TCP; rows with these words
               Roam.Lab sim streams --race KEY=N,...   one of them, ten lines a second: rate (kbit/s), rtt, queue (ms), loss (per mille), tcp (starts at ms), tcpend, at (ms), typist=1, history=1, instead=1 (another TCP in place of the stream), warm, time (ms), seed
        """;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--targets"])
        {
            StreamTargets.Print();
            return 0;
        }

        if (args is ["--races", ..])
        {
            StreamRaces.Print(args.Length > 1 ? args[1] : "");
            return 0;
        }

        if (args is ["--race", string settings] && ReadRace(settings) is { } race)
        {
            StreamRaces.PrintTrace(race);
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

    /// <summary>Null: not understood.</summary>
    private static StreamRace? ReadRace(string settings)
    {
        StreamRace? race = new();
        foreach (string setting in settings.Split(','))
        {
            string[] pair = setting.Split('=');
            if (pair.Length != 2 || !int.TryParse(pair[1], CultureInfo.InvariantCulture, out int value))
            {
                return null;
            }

            race = pair[0] switch
            {
                "rate" => race with { Kilobits = value },
                "rtt" => race with { RoundTripMillis = value },
                "queue" => race with { QueueMillis = value },
                "loss" => race with { Loss = value },
                "tcp" => race with { TcpAtMillis = value },
                "tcpend" => race with { TcpEndMillis = value },
                "at" => race with { StreamAtMillis = value },
                "typist" => race with { HasTypist = value != 0 },
                "instead" => race with { IsTcpInstead = value != 0 },
                "history" => race with { Kind = value != 0 ? StreamKind.History : StreamKind.Program },
                "warm" => race with { WarmMillis = value },
                "time" => race with { MeasureMillis = value },
                "seed" => race with { Seed = (ulong)value },
                _ => null,
            };
            if (race is null)
            {
                return null;
            }
        }

        return race;
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
