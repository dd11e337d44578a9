using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// `bench term`: the emulator alone, in process, one thread. MB are 10^6 bytes; the best of some rounds, in CPU time of the thread, so that other work on the
/// machine counts less. For the figures of the released program run it natively (eng/native-lab).
/// </summary>
internal static class TermBench
{
    private const int PieceLength = 64 << 10;
    private const int Rounds = 5;

    /// <summary>The kernel counts CPU time in ticks of 4 ms: long enough for one percent.</summary>
    private const double RoundSeconds = 0.4;

    /// <param name="args">Words: only workloads with one of them in their name.</param>
    public static int Run(ReadOnlySpan<string> args)
    {
        foreach (TermWorkload workload in TermWorkloads.All())
        {
            if (IsWanted(workload.Name, args))
            {
                Measure(workload);
            }
        }

        foreach (FrameCost cost in FrameCosts.All().Concat(KeyCosts.All()))
        {
            if (IsWanted(cost.Name, args))
            {
                Measure(cost);
            }
        }

        if (IsWanted(KeptStates.Name, args))
        {
            KeptStates.Measure();
        }

        return 0;
    }

    private static bool IsWanted(string name, ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return words.IsEmpty;
    }

    private static void Measure(TermWorkload workload)
    {
        Emulator emulator = new(workload.Width, workload.Height, new EmulatorOptions());
        WriteAll(emulator, workload.Output);
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            best = Math.Max(best, BytesPerSecond(emulator, workload.Output));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        WriteAll(emulator, workload.Output);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        emulator.Screen.CheckIntegrity();
        string budget = workload.BudgetMegabytes == 0 ? "" : $"(asked {workload.BudgetMegabytes})";
        Console.WriteLine($"{workload.Name,-42} {best / 1e6,8:F0} MB/s {budget,-14} {allocated} bytes allocated");
    }

    private static double BytesPerSecond(Emulator emulator, byte[] input)
    {
        double start = ThreadTime.Seconds();
        double seconds;
        long bytes = 0;
        do
        {
            WriteAll(emulator, input);
            bytes += input.Length;
            seconds = ThreadTime.Seconds() - start;
        }
        while (seconds < RoundSeconds);
        return bytes / seconds;
    }

    private static void WriteAll(Emulator emulator, ReadOnlySpan<byte> input)
    {
        for (; !input.IsEmpty; input = input[Math.Min(PieceLength, input.Length)..])
        {
            emulator.Write(input[..Math.Min(PieceLength, input.Length)]);
            emulator.ClearReplies();
        }
    }

    private static void Measure(FrameCost cost)
    {
        int turns = 1000;
        cost.Run(turns);
        double best = double.MaxValue;
        long allocated = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            double start = ThreadTime.Seconds();
            double seconds;
            long done = 0;
            do
            {
                cost.Run(turns);
                done += turns;
                seconds = ThreadTime.Seconds() - start;
            }
            while (seconds < RoundSeconds / 2);
            best = Math.Min(best, seconds / done);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        }

        Console.WriteLine($"{cost.Name,-42} {best * 1e9,8:F0} ns   {"",-14} {allocated} bytes allocated");
    }
}
