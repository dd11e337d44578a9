using Roam.Lab;
using Roam.Tests.House;

namespace Roam.Tests.Terminal;

/// <summary>The fuzz targets for a while, with fixed seeds; `Roam.Lab fuzz` runs them longer.</summary>
public sealed class ParserFuzzTests
{
    private const int Inputs = 2000;
    private const int RecordingInputs = 700;

    private static readonly string Corpus = Path.Combine(SourceTree.Root, "tests", "Roam.Tests", "Terminal", "XtermCases");

    [Fact]
    public void Any_output_keeps_the_screen_whole_and_does_not_depend_on_how_it_is_cut() => Run(new ParserFuzzTarget());

    [Fact]
    public void Any_control_string_keeps_the_screen_whole_and_does_not_depend_on_how_it_is_cut() => Run(new OscFuzzTarget());

    [Fact]
    public void Any_output_is_diffed_and_drawn_right_on_every_kind_of_terminal() => Run(new ScreenDiffFuzzTarget());

    [Fact]
    public void Damaged_recordings_keep_the_screen_whole()
    {
        byte[][] recordings = [.. Directory.EnumerateFiles(Corpus, "*.in").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        Mutate(recordings, RecordingInputs, static input => ParserFuzzTarget.Check(input));
    }

    private static void Run(IFuzzTarget target) => Mutate(target.Seeds, Inputs, target.Run);

    private static void Mutate(IReadOnlyList<byte[]> seeds, int inputs, FuzzInput run)
    {
        InputMutator mutator = new(seeds, new SeededRandom(1));
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = mutator.Next();
            try
            {
                run(input);
            }
            catch (Exception e)
            {
                Assert.Fail($"{Convert.ToHexString(input)}: {e}");
            }
        }
    }

    private delegate void FuzzInput(ReadOnlySpan<byte> input);
}
