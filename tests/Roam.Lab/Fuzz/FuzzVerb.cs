using System.Globalization;

namespace Roam.Lab;

/// <summary>
/// <c>fuzz [--target T] [--inputs N] [--seed S] [--corpus DIR]</c>, or <c>fuzz --target T --input FILE</c> to run one input again. A corpus is a folder of recordings and
/// raw outputs (*.cast, *.in): they are damaged instead of the target's own seeds.
/// </summary>
internal static class FuzzVerb
{
    private const int InputsDefault = 100_000;

    public static int Run(ReadOnlySpan<string> args)
    {
        string? name = null;
        string? file = null;
        string? corpus = null;
        long inputs = InputsDefault;
        ulong seed = 1;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--target":
                    name = value;
                    break;
                case "--input":
                    file = value;
                    break;
                case "--corpus":
                    corpus = value;
                    break;
                case "--inputs":
                    inputs = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--seed":
                    seed = ulong.Parse(value, CultureInfo.InvariantCulture);
                    break;
            }
        }

        IFuzzTarget[] all = Targets();
        IFuzzTarget[] chosen = [.. all.Where(t => name is null || t.Name == name)];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine($"fuzz: no such target. Targets: {string.Join(", ", all.Select(t => t.Name))}");
            return 2;
        }

        if (file is not null)
        {
            return chosen.All(t => RunOne(t, File.ReadAllBytes(file), file)) ? 0 : 1;
        }

        RecordingCorpus? recordings = corpus is null ? null : RecordingCorpus.Load(corpus);
        return chosen.All(t => RunMany(t, SourceOf(t, recordings, new SeededRandom(seed)), inputs, seed)) ? 0 : 1;
    }

    /// <summary>Null: the corpus is terminal output, and the target takes none.</summary>
    private static IInputSource? SourceOf(IFuzzTarget target, RecordingCorpus? corpus, SeededRandom random)
    {
        if (corpus is null)
        {
            return new InputMutator(target.Seeds, random);
        }

        return target.Frame([], random) is null ? null : new RecordingMutator(corpus, target, random);
    }

    internal static IFuzzTarget[] Targets() =>
    [
        new ParserFuzzTarget(),
        new OscFuzzTarget(),
        new ScreenDiffFuzzTarget(),
        new FragmentFuzzTarget(),
        new ProtobufFuzzTarget(),
        new InstructionFuzzTarget(),
        new HostMessageFuzzTarget(),
        new UserMessageFuzzTarget(),
        new HostilePeerFuzzTarget(),
    ];

    private static bool RunMany(IFuzzTarget target, IInputSource? source, long inputs, ulong seed)
    {
        if (source is null)
        {
            Console.WriteLine($"{target.Name}: takes no terminal output, passed over");
            return true;
        }

        for (long i = 0; i < inputs; i++)
        {
            if (!RunOne(target, source.Next(), $"input {i} of seed {seed}"))
            {
                return false;
            }
        }

        Console.WriteLine($"{target.Name}: {inputs} inputs, seed {seed}: no failure");
        return true;
    }

    private static bool RunOne(IFuzzTarget target, byte[] input, string origin)
    {
        try
        {
            target.Run(input);
            return true;
        }
        catch (Exception e)
        {
            string file = Path.Combine(Path.GetTempPath(), $"fuzz-{target.Name}-{(uint)e.Message.GetHashCode(StringComparison.Ordinal):x8}");
            File.WriteAllBytes(file, input);
            Console.WriteLine($"{target.Name}: {origin} failed, kept in {file}\n{e}");
            return false;
        }
    }
}
