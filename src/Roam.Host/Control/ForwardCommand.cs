namespace Roam.Host;

/// <summary>
/// A line about forwardings, as it is typed after the escape key or comes from `roam forward`: "-L SPEC", "-R SPEC", "-D SPEC"; "-KL WHAT", "-KR WHAT", "-KD WHAT" end one, as after
/// ssh's ~C; "list".
/// </summary>
/// <param name="Verb">What is to be done.</param>
/// <param name="Letter">L, R or D; a blank: any.</param>
/// <param name="Text">The forwarding; to remove one, its first part is enough.</param>
internal readonly record struct ForwardCommand(ForwardVerb Verb, char Letter = ' ', string Text = "")
{
    public const string Usage = "-L [bind:]port:host:port, -R ..., -D [bind:]port adds; -KL, -KR, -KD port removes; list; Esc leaves";

    /// <summary>False: the error is a sentence for the user.</summary>
    public static bool TryParse(string line, out ForwardCommand command, out string error)
    {
        string text = line.Trim();
        error = "";
        command = new ForwardCommand(text is "list" or "l" or "-l" ? ForwardVerb.List : ForwardVerb.Help);
        if (command.Verb == ForwardVerb.List || text is "help" or "?" or "-h" or "")
        {
            return true;
        }

        bool removes = text.StartsWith("-K", StringComparison.Ordinal);
        int at = removes ? 2 : 1;
        char letter = text.Length > at ? char.ToUpperInvariant(text[at]) : ' ';
        string rest = text.Length > at ? text[(at + 1)..].Trim() : "";
        if (removes && letter == ' ' && rest.Length > 0)
        {
            // -K 8080: whatever it is.
            command = new ForwardCommand(ForwardVerb.Remove, letter, rest);
            return true;
        }

        if (text[0] != '-' || letter is not ('L' or 'R' or 'D') || rest.Length == 0)
        {
            error = $"not understood: {text}. {Usage}";
            return false;
        }

        command = new ForwardCommand(removes ? ForwardVerb.Remove : ForwardVerb.Add, letter, rest);
        return true;
    }

    /// <summary>Whether the forwarding is the one that a removal names: as a whole, or by its listening part.</summary>
    /// <param name="letter">Of the forwarding.</param>
    /// <param name="spec">The forwarding as it was asked for.</param>
    public bool Means(char letter, string spec) =>
        (Letter == ' ' || Letter == letter)
        && (spec == Text || spec.StartsWith(Text + ":", StringComparison.Ordinal) || PortOf(spec) == Text);

    /// <summary>`8080` of `localhost:8080:host:80`: the port a listener with an address is on. Its own text when it has no address.</summary>
    private static string PortOf(string spec)
    {
        int start = spec.StartsWith("udp:", StringComparison.Ordinal) ? 4 : 0;
        int bracket = spec.IndexOf(']', start);
        int colon = spec.IndexOf(':', spec.Length > start && spec[start] == '[' && bracket > 0 ? bracket : start);
        if (colon < 0)
        {
            return spec[start..];
        }

        int end = spec.IndexOf(':', colon + 1);
        string second = end < 0 ? spec[(colon + 1)..] : spec[(colon + 1)..end];
        bool isPort = second.Length > 0 && second.AsSpan().TrimStart("0123456789").IsEmpty;
        bool firstIsPort = colon > start && spec.AsSpan(start, colon - start).TrimStart("0123456789").IsEmpty;
        return firstIsPort || !isPort ? spec[start..colon] : second;
    }
}
