using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>One property that holds at every moment of every run. It watches, and throws <see cref="InvariantViolation"/> with its own name.</summary>
internal abstract class Invariant(string name)
{
    public static List<Invariant> All(SimOptions options, SessionKey key) => options.ChecksLittle ? [new NumbersMonotonic(), new NonceUnique(), new Bounds()] :
    [
        new StatesEqual(),
        new NumbersMonotonic(),
        new NonceUnique(),
        new Bounds(),
        new NoEffect(key),
        new AddressMoves(key),
        new IdleQuiet(),
        new PeersKnown(),
        new FarTerminalKnown(),
        new EndAgreed(),
        new Pacing(),
        new BytesPerKey(),
        new ScreenTrue(),
        new SecretHidden(options),
        new EchoAckWaits(),
        new LinesInOrder(),
        new ScrollbackTrue(),
        new HistoryBounds(),
    ];

    public virtual void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
    }

    public virtual void BeforeDelivery(SimWorld world, SimNode node, SimPacket packet)
    {
    }

    public virtual void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
    }

    public virtual void AfterTurn(SimWorld world, SimNode node)
    {
    }

    public virtual void OnFrame(SimWorld world, Screen frame)
    {
    }

    public virtual void OnCommit(SimWorld world, CommitStep step)
    {
    }

    public virtual void OnTerminalPushed(List<LineMark> rows)
    {
    }

    public virtual void OnPictureLeft(SimWorld world, Screen last)
    {
    }

    public virtual void AtEndOf(SimWorld world, SimPhase phase)
    {
    }

    protected void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvariantViolation(name, what);
        }
    }
}
