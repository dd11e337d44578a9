using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// H1: every line that left the server's main screen is committed at the client once, in order and as it was, or lies in a gap of lines that the server did not keep. No line is committed that the
/// frame still shows.
/// </summary>
internal sealed class LinesInOrder() : Invariant("H1 lines")
{
    private ulong _next;

    public override void OnCommit(SimWorld world, CommitStep step)
    {
        HistoryLog? log = world.Server.Session.History;
        for (int i = 0; i < step.Entries.Count; i++)
        {
            HistoryLineHead head = step.Entries[i];
            Check(head.Number == _next, $"line {head.Number} is committed when it is the turn of {_next}");
            if (head.IsGap)
            {
                bool isOver = world.Client.IsFinished;
                Check(isOver || (log is not null && head.Number + head.GapCount <= log.First), $"{head.GapCount} lines from {head.Number} on are said not to be kept; the server has those from {log?.First} on");
            }
            else
            {
                Check(step.Expected[i] is not null, $"line {head.Number} is committed, which the server cannot have sent");
                Check(step.IsOnTerminal || step.Shown[i] == step.Expected[i], $"line {head.Number} is not what it was at the server");
            }

            _next = head.Number + Math.Max(head.GapCount, 1);
        }

        Check(step.Next == _next, $"the next line is {step.Next} when it should be {_next}");
        Check(step.Entries.Count == 0 || _next <= step.LinesAbove, $"lines before {_next} are committed, and the frame begins at {step.LinesAbove}");
    }

    public override void AfterTurn(SimWorld world, SimNode node)
    {
        if (node == world.Server && world.Server.Session.History is { } log)
        {
            ulong above = world.Server.Session.Emulator.Screen.LinesAbove;
            Check(above == log.Next, $"the screen begins at line {above}, and the next line of the history is {log.Next}");
        }
    }
}
