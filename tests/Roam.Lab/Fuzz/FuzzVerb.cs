using System.Globalization;

namespace Roam.Lab;

/// <summary><c>fuzz [--target T] [--inputs N] [--seed S]</c>, or <c>fuzz --target T --input FILE</c> to run one input again.</summary>
internal static class FuzzVerb
{
    private const int InputsDefault = 100_000;

    public static int Run(ReadOnlySpan<string> args)
    {
        string? name = null;
        string? file = null;
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

        return chosen.All(t => file is null ? RunMany(t, inputs, seed) : RunOne(t, File.ReadAllBytes(file), file)) ? 0 : 1;
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

    private static bool RunMany(IFuzzTarget target, long inputs, ulong seed)
    {
        InputMutator mutator = new(target.Seeds, new SeededRandom(seed));
        for (long i = 0; i < inputs; i++)
        {
            if (!RunOne(target, mutator.Next(), $"input {i} of seed {seed}"))
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
