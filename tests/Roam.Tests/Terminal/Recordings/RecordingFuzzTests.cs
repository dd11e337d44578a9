using Roam.Lab;

namespace Roam.Tests.Terminal;

/// <summary>Damaged recordings for a while, with a fixed seed; `Roam.Lab fuzz --corpus` runs them longer.</summary>
public sealed class RecordingFuzzTests
{
    private const int Inputs = 600;

    [Fact]
    public void A_damaged_recording_keeps_the_screen_whole_and_does_not_depend_on_how_it_is_cut() => Run(new ParserFuzzTarget());

    [Fact]
    public void A_damaged_recording_is_diffed_and_drawn_right() => Run(new ScreenDiffFuzzTarget());

    private static void Run(IFuzzTarget target)
    {
        RecordingMutator mutator = new(RecordingCorpus.Load(RecordingFiles.Folder), target, new SeededRandom(1));
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = mutator.Next();
            try
            {
                target.Run(input);
            }
            catch (Exception e)
            {
                Assert.Fail($"{Convert.ToHexString(input)}: {e}");
            }
        }
    }
}
