namespace Roam.Host;

/// <summary>One line of a policy file.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="Permits">False: it forbids.</param>
/// <param name="Patterns">Where it applies; empty: everywhere.</param>
/// <param name="IsUnderstood">False: the line could not be read, so it forbids whatever it could mean.</param>
internal sealed record PolicyRule(int Line, PolicySubject Subjects, bool Permits, IReadOnlyList<PolicyPattern> Patterns, bool IsUnderstood = true)
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    private bool Covers(string target)
    {
        foreach (PolicyPattern pattern in Patterns)
        {
            if (pattern.Matches(target))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it forbids this. A subject that has no target is forbidden by a line without one.</summary>
    public bool Forbids(PolicySubject subject, string target) => !Permits && (Subjects & subject) != 0 && (Patterns.Count == 0 || Covers(target));

    /// <summary>Whether it is one of those that name all that is allowed.</summary>
    public bool Limits(PolicySubject subject) => Permits && (Subjects & subject) != 0;

    public bool Allows(string target) => Covers(target);

    /// <summary>Null: an empty line or a remark.</summary>
    public static PolicyRule? Parse(string line, int number)
    {
        string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return null;
        }

        bool permits = words[0] == "permit";
        PolicySubject subjects = words.Length > 1 ? SubjectsOf(words[1], out bool isKnown) : Nothing(out isKnown);
        if (!isKnown || (!permits && words[0] != "forbid"))
        {
            // Another verb may have been a permit or a forbid of these; a word that is none may have been any.
            return new PolicyRule(number, isKnown ? subjects : PolicySubject.Everything, Permits: false, [], IsUnderstood: false);
        }

        List<PolicyPattern> patterns = [];
        foreach (string word in words.AsSpan(2))
        {
            if (!PolicyPattern.TryParse(word, out PolicyPattern pattern))
            {
                return new PolicyRule(number, subjects, Permits: false, [], IsUnderstood: false);
            }

            patterns.Add(pattern);
        }

        // Permitting without saying what says nothing; targets mean something only where there are any.
        bool isWhole = (!permits || patterns.Count > 0) && (patterns.Count == 0 || (subjects & ~(PolicySubject.Connect | PolicySubject.Listen | PolicySubject.Udp)) == 0);
        return isWhole ? new PolicyRule(number, subjects, permits, patterns) : new PolicyRule(number, subjects, Permits: false, [], IsUnderstood: false);
    }

    /// <summary>Names with commas between; what is none makes the whole word unknown.</summary>
    public static PolicySubject SubjectsOf(string text, out bool isKnown)
    {
        isKnown = true;
        PolicySubject subjects = PolicySubject.None;
        foreach (string word in text.Split(','))
        {
            PolicySubject subject = word switch
            {
                "connect" => PolicySubject.Connect,
                "local-forward" => PolicySubject.Connect | PolicySubject.Udp,
                "listen" or "remote-forward" => PolicySubject.Listen,
                "agent" => PolicySubject.Agent,
                "udp" => PolicySubject.Udp,
                "files" => PolicySubject.Files,
                "commands" => PolicySubject.Commands,
                "forwarding" => PolicySubject.Forwarding,
                "everything" => PolicySubject.Everything,
                _ => PolicySubject.None,
            };
            isKnown &= subject != PolicySubject.None;
            subjects |= subject;
        }

        return subjects;
    }

    private static PolicySubject Nothing(out bool isKnown)
    {
        isKnown = false;
        return PolicySubject.None;
    }
}
