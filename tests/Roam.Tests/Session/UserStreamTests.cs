using System.Text;
using Roam.Lab;
using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Session;

public sealed class UserStreamTests
{
    private readonly UserLog _log = new();
    private readonly GrowingBuffer _diff = new();

    [Fact]
    public void Adjacent_keys_travel_as_one_keystroke_and_resizes_stand_between()
    {
        UserStream empty = new(_log);
        UserStream stream = new(_log);
        Type("ab");
        _log.TryAppendResize(100, 30);
        Type("c");
        stream.AdvanceTo(_log.End);
        stream.WriteDiff(empty, _diff);

        // instruction { keystroke { keys "ab" } } instruction { resize { 100 30 } } instruction { keystroke { keys "c" } }
        byte[] expected = [0x0A, 6, 0x12, 4, 0x22, 2, 0x61, 0x62, 0x0A, 6, 0x1A, 4, 0x28, 100, 0x30, 30, 0x0A, 5, 0x12, 3, 0x22, 1, 0x63];
        Assert.Equal(expected, _diff.Written.ToArray());
    }

    [Fact]
    public void The_receiver_has_the_senders_events_after_any_chain_of_diffs()
    {
        SimRandom random = new(3);
        UserLog remoteLog = new();
        UserStream local = new(_log);
        List<(UserStream Local, UserStream Remote)> held = [(local.Snapshot(), new UserStream(remoteLog))];
        for (int i = 0; i < 2000; i++)
        {
            Extend(random);
            local.AdvanceTo(_log.End);
            (UserStream baseLocal, UserStream baseRemote) = held[random.Below(held.Count)];
            _diff.Clear();
            local.WriteDiff(baseLocal, _diff);
            UserStream remote = baseRemote.Snapshot();
            Assert.Equal(ApplyResult.Applied, remote.Apply(_diff.Written));
            Assert.True(remote.ContentEquals(local));
            Assert.Equal(Content(_log, local), Content(remoteLog, remote));
            held.Add((local.Snapshot(), remote));
            if (held.Count == 8)
            {
                held.RemoveRange(0, 5);
                local.Subtract(held[0].Local);
                held[0].Remote.Subtract(held[0].Remote);
            }
        }
    }

    [Fact]
    public void Equal_streams_give_an_empty_diff()
    {
        UserStream stream = new(_log);
        Type("x");
        stream.AdvanceTo(_log.End);
        stream.WriteDiff(stream.Snapshot(), _diff);
        Assert.Equal(0, _diff.Length);
    }

    [Fact]
    public void Subtracting_what_is_acknowledged_frees_it_for_the_sender()
    {
        UserStream stream = new(_log);
        for (int i = 0; i < 10_000; i++)
        {
            Type("0123456789");
            stream.AdvanceTo(_log.End);
            stream.Subtract(stream);
        }

        Assert.Equal(0, _log.Count);
        Assert.Equal(100_000, stream.Position);
        Assert.InRange(_log.Capacity, 1, 1024);
    }

    [Fact]
    public void The_receiver_keeps_events_until_the_program_has_them()
    {
        UserStream stream = new(_log);
        _log.SetConsumed(0);
        stream.Apply(Keys("hello"));
        stream.Subtract(stream);
        Assert.Equal(5, _log.Count);
        _log.SetConsumed(3);
        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public void Unknown_extensions_are_skipped()
    {
        UserStream stream = new(_log);

        // instruction { extension 100 { ... } } before and inside the instruction with the keys.
        byte[] diff = [0x0A, 5, 0xA2, 0x06, 2, 0x08, 1, 0x0A, 10, 0xA2, 0x06, 2, 0x08, 1, 0x12, 3, 0x22, 1, 0x7A];
        Assert.Equal(ApplyResult.Applied, stream.Apply(diff));
        Assert.Equal("z", Content(_log, stream));
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(80, 0)]
    [InlineData(-1, 24)]
    [InlineData(65536, 24)]
    [InlineData(80, int.MaxValue)]
    public void A_size_that_cannot_be_is_refused_and_nothing_is_kept(int width, int height)
    {
        UserStream stream = new(_log);
        DiffWriter writer = new(_diff);
        writer.WriteBytes("ab"u8);
        writer.WriteResize(width, height);
        Assert.Equal(ApplyResult.Refused, stream.Apply(_diff.Written));
        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public void A_window_larger_than_a_screen_may_be_is_cut_down()
    {
        UserStream stream = new(_log);
        new DiffWriter(_diff).WriteResize(65535, 65535);
        Assert.Equal(ApplyResult.Applied, stream.Apply(_diff.Written));
        Assert.Equal((Screen.SideMax, Screen.AreaMax / Screen.SideMax), (_log[0].Width, _log[0].Height));
    }

    [Fact]
    public void A_state_that_contradicts_an_earlier_one_is_refused()
    {
        UserStream empty = new(_log);
        Assert.Equal(ApplyResult.Applied, empty.Snapshot().Apply(Keys("abc")));
        Assert.Equal(ApplyResult.Refused, empty.Snapshot().Apply(Keys("abX")));
        Assert.Equal(ApplyResult.Applied, empty.Snapshot().Apply(Keys("ab")));
        Assert.Equal(ApplyResult.Applied, empty.Snapshot().Apply(Keys("abcd")));
    }

    [Fact]
    public void Malformed_input_is_told_apart_and_keeps_nothing()
    {
        UserStream stream = new(_log);
        Assert.Equal(ApplyResult.Malformed, stream.Apply([0x0A, 6, 0x12, 4, 0x22, 2, 0x61]));
        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public void At_the_limit_the_sender_refuses_keys_and_the_receiver_states()
    {
        int taken = 0;
        while (_log.TryAppend(UserUnit.Key((byte)'x')))
        {
            taken++;
        }

        Assert.Equal(UserLog.UnitsMax, taken);

        UserLog remoteLog = new();
        remoteLog.SetConsumed(0);
        UserStream remote = new(remoteLog);
        byte[] piece = Keys(new string('y', 1 << 16));
        ApplyResult result = ApplyResult.Applied;
        for (int i = 0; i < 100 && result == ApplyResult.Applied; i++)
        {
            result = remote.Apply(piece);
        }

        Assert.Equal(ApplyResult.Refused, result);
        Assert.Equal(UserLog.UnitsMax, remoteLog.Count);
    }

    [Fact]
    public void After_a_large_paste_its_memory_is_given_back()
    {
        UserStream stream = new(_log);
        Type(new string('x', 200_000));
        stream.AdvanceTo(_log.End);
        Assert.True(_log.Capacity >= 200_000);
        stream.Subtract(stream);
        Assert.InRange(_log.Capacity, 1, 1024);
    }

    [Fact]
    public void Of_resizes_in_a_row_that_nobody_has_seen_only_the_last_is_kept()
    {
        UserStream stream = new(_log);
        _log.TryAppendResize(10, 10);
        _log.TryAppendResize(20, 20);
        stream.AdvanceTo(_log.End);
        _log.TryAppendResize(30, 30);
        _log.TryAppendResize(40, 40);
        stream.AdvanceTo(_log.End);
        Assert.Equal("[20x20][40x40]", Content(_log, stream));
    }

    private void Type(string text)
    {
        foreach (char c in text)
        {
            Assert.True(_log.TryAppend(UserUnit.Key((byte)c)));
        }
    }

    private void Extend(SimRandom random)
    {
        for (int i = random.Below(6); i > 0; i--)
        {
            if (random.Below(4) == 0)
            {
                _log.TryAppendResize(1 + random.Below(300), 1 + random.Below(100));
            }
            else
            {
                Type(((char)random.Below(256)).ToString());
            }
        }
    }

    private static byte[] Keys(string text)
    {
        GrowingBuffer diff = new();
        new DiffWriter(diff).WriteBytes(Encoding.Latin1.GetBytes(text));
        return diff.Written.ToArray();
    }

    private static string Content(UserLog log, UserStream stream)
    {
        StringBuilder text = new();
        for (long i = log.Floor; i < stream.Position; i++)
        {
            text.Append(log[i].IsResize ? $"[{log[i].Width}x{log[i].Height}]" : ((char)log[i].KeyByte).ToString());
        }

        return text.ToString();
    }
}
