using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Session;

public sealed class LargePasteTests
{
    private const int PasteBytes = 2_000_000;
    private const int ReadBytes = 4096;

    [Fact]
    public void A_paste_larger_than_the_log_arrives_whole_when_the_host_heeds_TakesInput()
    {
        using SessionPair pair = new(PredictionMode.Never) { Echoes = false };
        pair.RunForMillis(200);
        int sent = 0, refused = 0;
        byte[] piece = new byte[ReadBytes];
        while (sent < PasteBytes)
        {
            if (pair.Client.TakesInput(pair.Now))
            {
                for (int i = 0; i < ReadBytes; i++)
                {
                    piece[i] = (byte)('a' + ((sent + i) % 23));
                }

                pair.Client.HandleInput(pair.Now, piece);
                sent += ReadBytes;
            }
            else
            {
                refused++;
                pair.RunForMillis(20);
            }
        }

        while (pair.ProgramInput.Count < sent)
        {
            pair.RunForMillis(100);
        }

        Assert.True(refused > 0, "the log's bound was reached");
        Assert.DoesNotContain(ClientEvent.InputLost, pair.ClientEvents);
        Assert.Equal(Enumerable.Range(0, sent).Select(i => (byte)('a' + (i % 23))), pair.ProgramInput);
    }

    [Fact]
    public void A_silent_server_does_not_keep_the_terminal_unread()
    {
        using SessionPair pair = new(PredictionMode.Never);
        pair.RunForMillis(200);
        pair.IsServerCut = true;
        byte[] piece = new byte[ReadBytes];
        for (int i = 0; i <= ClientSession.InputBacklogMax / ReadBytes; i++)
        {
            pair.Client.HandleInput(pair.Now, piece);
        }

        Instant now = pair.Now;
        Assert.False(pair.Client.TakesInput(now));
        Assert.True(pair.Client.TakesInput(now.PlusMillis(ClientSession.InputHoldMillis)));
    }
}
