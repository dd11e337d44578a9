using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's forwards as the user changes them while the session runs.</summary>
internal sealed class RunningForwardings(ForwardSet set) : IForwardings
{
    /// <summary>Added here. Those that failed have been told, and are not kept.</summary>
    private readonly List<ForwardRequest> _late = [];

    public IForwardAnswer Do(Instant now, in ForwardCommand command)
    {
        for (int i = _late.Count - 1; i >= 0; i--)
        {
            if (_late[i].IsOver)
            {
                set.Remove(now, _late[i]);
                _late.RemoveAt(i);
            }
        }

        return command.Verb switch
        {
            ForwardVerb.Add => Add(now, command),
            ForwardVerb.Remove => Remove(now, command),
            _ => new SettledAnswer(true, List()),
        };
    }

    private IForwardAnswer Add(Instant now, in ForwardCommand command)
    {
        ForwardKind kind = command.Letter switch
        {
            'L' => ForwardKind.Local,
            'R' => ForwardKind.Remote,
            _ => ForwardKind.Dynamic,
        };
        if (!ForwardSpec.TryParse(kind, command.Text, out ForwardSpec spec, out string error))
        {
            return new SettledAnswer(false, $"-{command.Letter} {command.Text}: {error}");
        }

        foreach (ForwardRequest known in set.Requests)
        {
            if (known.Spec == spec && !known.IsOver && spec.Listen is not { Path: null, Port: 0 })
            {
                return new SettledAnswer(true, $"{known} is there already");
            }
        }

        ForwardRequest request = set.Add(now, spec, isLate: true);
        _late.Add(request);
        return new RequestAnswer(request);
    }

    private SettledAnswer Remove(Instant now, in ForwardCommand command)
    {
        List<ForwardRequest> meant = [];
        foreach (ForwardRequest request in set.Requests)
        {
            string listened = request.Port.ToString(CultureInfo.InvariantCulture);
            char letter = LetterOf(request.Spec.Kind);
            if (command.Means(letter, request.Spec.ToString()) || (command.Text == listened && (command.Letter == ' ' || command.Letter == letter)))
            {
                meant.Add(request);
            }
        }

        if (meant.Count != 1)
        {
            return new SettledAnswer(false, meant.Count == 0 ? $"nothing is forwarded from {command.Text}" : $"several are forwarded from {command.Text}: say -KL, -KR or -KD, or the whole");
        }

        string text = $"{meant[0]} is removed";
        _late.Remove(meant[0]);
        set.Remove(now, meant[0]);
        return new SettledAnswer(true, text);
    }

    private string List()
    {
        StringBuilder text = new();
        foreach (ForwardRequest request in set.Requests)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(RequestAnswer.Describe(request));
        }

        return text.Length > 0 ? text.ToString() : "nothing is forwarded";
    }

    private static char LetterOf(ForwardKind kind) => kind switch
    {
        ForwardKind.Local => 'L',
        ForwardKind.Remote => 'R',
        _ => 'D',
    };
}
