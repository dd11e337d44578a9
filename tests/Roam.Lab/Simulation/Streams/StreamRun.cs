using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// One run from a seed: streams of random lengths from both ends beside a typist, over a random path with outages, address changes, sleep and replayed datagrams; then the path heals, and
/// all must arrive in a bounded time. Each byte is checked where it is read.
/// </summary>
internal sealed class StreamRun
{
    private const int ActiveMillis = 30_000;
    private const int HealedMillisMax = 120_000;
    private const int ReplaysKept = 64;

    private static readonly LinkFaults _healed = new LinkFaults { DelayMicros = 20_000 }.WithRate(10_000, 200_000);

    private readonly SimRandom _random;
    private readonly StreamWorld _world;
    private readonly List<SimPacket> _recorded = [];
    private readonly bool _replays;
    private int _opened;

    private StreamRun(ulong seed)
    {
        _random = new SimRandom(seed);
        LinkFaults up = Draw(_random);
        LinkFaults down = _random.Chance(300) ? Draw(_random) : up;
        _replays = _random.Chance(300);
        _world = new StreamWorld(_random.NextUInt64(), up, down);
        _world.Client.Serve = _world.Server.Serve = _ => _random.SmallBelow(200_000);
        _world.Client.StallsReaders = _random.Chance(100);
        if (_replays)
        {
            _world.Watch = Record;
        }
    }

    /// <summary>Null: all was well.</summary>
    public static string? Run(ulong seed)
    {
        StreamRun run = new(seed);
        try
        {
            run.Run();
            return null;
        }
        catch (InvariantViolation violation)
        {
            return $"{violation.Message}\n  {run._world.Client.Unfinished()}\n  {run._world.Server.Unfinished()}";
        }
    }

    private static LinkFaults Draw(SimRandom random) => random.Chance(200) ? _healed : SimOptions.DrawLink(random);

    private void Run()
    {
        _world.Type(_random.Between(50, 2000), _random.Between(20, 3000));
        Next(_random.Between(10, 3000), OpenOne, () => _random.Between(10, 5000));
        Next(_random.Between(1000, 20_000), Disturb, () => _random.Between(1000, 20_000));
        for (int i = 0; i < ActiveMillis / 100; i++)
        {
            _world.RunFor(100);
            Check(_world.Client);
            Check(_world.Server);
        }

        _world.StopTyping();
        Heal();
        if (_world.MillisUntil(IsAllDone, HealedMillisMax) < 0)
        {
            throw new InvariantViolation("streams", $"not all of {_opened} have ended {HealedMillisMax / 1000} s after the path healed");
        }
    }

    private void Next(int afterMillis, Action act, Func<int> pause)
    {
        _world.At(afterMillis, () =>
        {
            act();
            Next(pause(), act, pause);
        });
    }

    private void OpenOne()
    {
        StreamEnd end = _random.Chance(500) ? _world.Client : _world.Server;
        if (_world.Now.Micros > (ActiveMillis + 1000) * 1000L || _opened > 40 || end.Streams.OpenCount > StreamLimits.StreamsOfOneEndMax / 2)
        {
            return;
        }

        _opened++;
        ulong id = end.Open(_world.Now);
        end.Send(id, _random.SmallBelow(300_000), _random.Between(1, 20_000));
        if (_random.Chance(100))
        {
            _world.At(_random.Below(5000), () => end.GiveUp(id));
        }
    }

    private void Disturb()
    {
        if (_world.Now.Micros > (ActiveMillis + 1000) * 1000L)
        {
            return;
        }

        switch (_random.Below(5))
        {
            case 0:
                (_random.Chance(500) ? _world.Up : _world.Down).IsDown = true;
                _world.At(_random.Between(100, 20_000), Heal);
                break;
            case 1:
                _world.Up.IsDown = _world.Down.IsDown = true;
                _world.At(_random.Between(100, 60_000), Heal);
                break;
            case 2:
                _world.Roam();
                if (_random.Chance(500))
                {
                    _world.Client.Connection.NetworkChanged(_world.Now);
                }

                break;
            case 3:
                _world.Sleep(_random.Between(100, 3_600_000));
                break;
            case 4:
                _world.ShowScreen(_random.Between(2000, 100_000));
                break;
        }
    }

    private void Heal()
    {
        _world.Up.IsDown = _world.Down.IsDown = false;
        if (_world.Now.Micros >= ActiveMillis * 1000L)
        {
            _world.Up.Faults = _world.Down.Faults = _healed;
            _world.Client.ReadAll();
        }
    }

    private bool IsAllDone() =>
        _world.Client.Streams.OpenCount == 0 && _world.Server.Streams.OpenCount == 0 && Unfinished(_world.Client) == 0 && Unfinished(_world.Server) == 0;

    private static int Unfinished(StreamEnd end) => end.Read.Values.Count(r => !r.IsFinished && !r.IsReset) + end.Streams.OpenCount;

    /// <summary>Whatever happens, memory stays within the named limits.</summary>
    private static void Check(StreamEnd end)
    {
        if (end.Streams.BytesHeld > StreamLimits.BytesHeldMax || end.Streams.PacketsHeld > StreamLimits.PacketsInFlightMax || end.Streams.OpenCount > StreamLimits.StreamsMax)
        {
            throw new InvariantViolation("bounds", $"{end.Streams.BytesHeld} bytes, {end.Streams.PacketsHeld} datagrams, {end.Streams.OpenCount} streams held");
        }
    }

    /// <summary>An attacker who repeats what went by.</summary>
    private void Record(SimPacket packet)
    {
        if (_recorded.Count < ReplaysKept)
        {
            SimPacket copy = new();
            copy.CopyFrom(packet);
            _recorded.Add(copy);
        }
        else if (_random.Chance(100))
        {
            int index = _random.Below(ReplaysKept);
            SimPacket again = new();
            again.CopyFrom(_recorded[index]);
            _recorded[index].CopyFrom(packet);
            _world.Replay(again);
        }
    }
}
