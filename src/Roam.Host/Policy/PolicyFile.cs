using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>
/// The rules of one file. A forbidding line that covers a request decides; then, where there are permitting lines for its subject, one of them must cover it.
/// A file that cannot be read forbids everything, a line that cannot be understood everything it could mean.
/// </summary>
internal sealed class PolicyFile(string name, IReadOnlyList<PolicyRule> rules, string? failure = null)
{
    /// <summary>A longer file is none that anybody wrote; it forbids everything.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>Null: there is no such file, and that is no rule.</summary>
    public static PolicyFile? TryLoad(string path)
    {
        if (Libc.access(path, 0) != 0 && Libc.Errno is Libc.ENOENT or Libc.ENOTDIR)
        {
            return null;
        }

        byte[]? bytes = Libc.ReadFile(path, BytesMax + 1);
        if (bytes is null)
        {
            return new PolicyFile(path, [], "cannot be read");
        }

        return bytes.Length > BytesMax ? new PolicyFile(path, [], "is too long") : Parse(path, Encoding.UTF8.GetString(bytes));
    }

    public static PolicyFile Parse(string name, string text)
    {
        List<PolicyRule> rules = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (PolicyRule.Parse(lines[i], i + 1) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return new PolicyFile(name, rules);
    }

    /// <summary>What an administrator has to put right; null: nothing.</summary>
    public string? Complaint
    {
        get
        {
            if (failure is not null)
            {
                return $"{name} {failure}: it forbids everything";
            }

            foreach (PolicyRule rule in rules)
            {
                if (!rule.IsUnderstood)
                {
                    return $"{Where(rule)}, is not understood: it forbids all that it could mean";
                }
            }

            return null;
        }
    }

    /// <param name="subject">One.</param>
    /// <param name="target">As in the stream's opening; empty for what has none.</param>
    /// <param name="whoForbade">For the user, without the host: "forbidden by FILE, line 3".</param>
    public bool Allows(PolicySubject subject, string target, out string whoForbade)
    {
        whoForbade = "";
        if (failure is not null)
        {
            whoForbade = $"forbidden: {name} {failure}";
            return false;
        }

        PolicyRule? limit = null;
        bool isPermitted = false;
        foreach (PolicyRule rule in rules)
        {
            if (rule.Forbids(subject, target))
            {
                whoForbade = rule.IsUnderstood ? $"forbidden by {Where(rule)}" : $"forbidden: {Where(rule)}, is not understood";
                return false;
            }

            if (rule.Limits(subject))
            {
                limit ??= rule;
                isPermitted |= rule.Allows(target);
            }
        }

        if (limit is not null && !isPermitted)
        {
            whoForbade = $"not among what {Where(limit)}, permits";
            return false;
        }

        return true;
    }

    private string Where(PolicyRule rule) => $"{name}, line {rule.Line.ToString(CultureInfo.InvariantCulture)}";
}
