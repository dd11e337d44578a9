namespace Roam.Tests.Transport;

/// <summary>Keeps what each side sent under each number, and holds the other side's state of that number against it; numbers and acknowledgements only grow.</summary>
internal sealed class ShadowCheck(Pair pair)
{
    private readonly Side _up = new(pair.Client, pair.Server);
    private readonly Side _down = new(pair.Server, pair.Client);

    /// <summary>Call often: a number that came and went between two calls is not seen.</summary>
    public void Check()
    {
        _up.Check();
        _down.Check();
    }

    private sealed class Side(Endpoint sender, Endpoint receiver)
    {
        private readonly Dictionary<ulong, string> _sent = new() { [0] = "" };
        private ulong _remote;
        private ulong _acked;

        public void Check()
        {
            ulong number = sender.Connection.LastSentNumber;
            string text = sender.Connection.LastSentState.Text;
            if (_sent.TryGetValue(number, out string? before))
            {
                Assert.Equal(before, text);
            }

            _sent[number] = text;
            if (_sent.TryGetValue(receiver.Connection.RemoteNumber, out string? expected))
            {
                Assert.Equal(expected, receiver.Remote);
            }

            Assert.True(receiver.Connection.RemoteNumber >= _remote && receiver.Connection.RemoteNumber <= number);
            Assert.True(sender.Connection.AckedByPeer >= _acked && sender.Connection.AckedByPeer <= receiver.Connection.RemoteNumber);
            _remote = receiver.Connection.RemoteNumber;
            _acked = sender.Connection.AckedByPeer;
        }
    }
}
