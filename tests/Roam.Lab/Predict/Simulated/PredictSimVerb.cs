using System.Diagnostics;
using System.Globalization;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>`predict sim`: all recordings in a few seconds, always the same numbers.</summary>
internal static class PredictSimVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (PredictSimOptions.TryParse(args) is not { } options)
        {
            Console.Error.WriteLine(PredictSimOptions.Usage);
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<RecordedTyping> recordings = RecordedTyping.In(options.Folder, options.Names);
        if (recordings.Count == 0)
        {
            Console.Error.WriteLine($"predict sim: no such recordings in {options.Folder}");
            return 2;
        }

        if (options.Hurry != 1)
        {
            recordings = [.. recordings.Select(r => r.Hurried(options.Hurry))];
        }

        IReadOnlyList<bool> servers = options.Records ? [true, false] : options.Servers;
        PredictResult[] results = RunAll(recordings, servers, options.Mode, options.RoundTripMillis, options.Seed);
        if (options.Traces)
        {
            Array.ForEach(results, r => Console.Write(new KeyTrace(options.Only).Text(r)));
        }

        Console.Write(new PredictTable(options.Compares ? PredictRecord.Load(options.Set) : null).Text(results));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Length} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        return options.Records ? Record(results, options) : 0;
    }

    /// <summary>Server by server, recordings in their order. A run shares nothing with any other, so threads change no number.</summary>
    public static PredictResult[] RunAll(
        IReadOnlyList<RecordedTyping> recordings, IReadOnlyList<bool> servers, PredictionMode mode = PredictionMode.Adaptive,
        int roundTripMillis = PredictRun.RoundTripMillisDefault, ulong seed = 1)
    {
        PredictResult[] results = new PredictResult[recordings.Count * servers.Count];
        Parallel.For(0, results.Length, i =>
            results[i] = PredictRun.Run(recordings[i % recordings.Count], mode, servers[i / recordings.Count], roundTripMillis, seed));
        return results;
    }

    private static int Record(PredictResult[] results, PredictSimOptions options)
    {
        if (options.Set.Table is not string file || options.Names.Count != 0 || options.Folder != options.Set.Recordings || options.Mode != PredictionMode.Adaptive
            || options.RoundTripMillis != PredictRun.RoundTripMillisDefault || options.Seed != 1 || options.Hurry != 1)
        {
            Console.Error.WriteLine("predict sim: --record takes all recordings of a set in a working copy, as they are run by default");
            return 2;
        }

        File.WriteAllText(file, PredictRecord.Write(results));
        return 0;
    }
}
