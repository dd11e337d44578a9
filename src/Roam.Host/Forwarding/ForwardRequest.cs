using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One forward that the user asked for, at the client.</summary>
internal abstract class ForwardRequest(ForwardSpec spec)
{
    public ForwardSpec Spec { get; } = spec;

    public ForwardState State { get; protected set; }

    /// <summary>It came while the session ran.</summary>
    public bool IsLate { get; set; }

    /// <summary>Where it listens; 0: at a socket in the file system, or not yet.</summary>
    public int Port { get; protected set; }

    /// <summary>Why it failed; a sentence without its end.</summary>
    public string Error { get; protected set; } = "";

    /// <summary>It is over: it failed, or was removed.</summary>
    public bool IsOver => State is ForwardState.Failed or ForwardState.Removed;

    /// <summary>"-L 8080:web:80", with the port that was chosen.</summary>
    public override string ToString()
    {
        string letter = Spec.Kind switch
        {
            ForwardKind.Local => "-L ",
            ForwardKind.Remote => "-R ",
            _ => "-D ",
        };
        bool isChosen = Spec.Listen is { Path: null, Port: 0 } && Port != 0;
        return letter + Spec + (isChosen ? $" (port {Port.ToString(CultureInfo.InvariantCulture)})" : "");
    }

    /// <summary>What can begin at once does.</summary>
    public abstract void Begin(Instant now);

    /// <summary>The other end is known to have channels.</summary>
    public abstract void Connected(Instant now);

    /// <summary>It listens no more; connections go on.</summary>
    protected abstract void Close(Instant now);

    public void Remove(Instant now)
    {
        if (!IsOver)
        {
            State = ForwardState.Removed;
            Close(now);
        }
    }

    /// <summary>It cannot be, for a reason that lies outside of it.</summary>
    public void Fail(Instant now, string error)
    {
        if (!IsOver)
        {
            (State, Error) = (ForwardState.Failed, error);
            Close(now);
        }
    }
}
