using System.Text;

namespace Roam.Host;

/// <summary>What one -L, -R or -D asks for, in ssh's syntax (ssh(1)).</summary>
public sealed record ForwardSpec
{
    private const string UdpPrefix = "udp:";
    private const int FieldsMax = 4;

    public required ForwardKind Kind { get; init; }

    public required ForwardPlace Listen { get; init; }

    /// <summary>Null: whatever the SOCKS client asks for.</summary>
    public ForwardPlace? Target { get; init; }

    /// <summary>-L udp:...</summary>
    public bool IsUdp => Listen.IsUdp;

    public bool SpeaksSocks => Target is null;

    /// <summary>False: the error is a sentence's end, for after "-L 80:x: ".</summary>
    public static bool TryParse(ForwardKind kind, string text, out ForwardSpec spec, out string error)
    {
        spec = new ForwardSpec { Kind = kind, Listen = ForwardPlace.OfPort("", 0) };
        bool isUdp = kind == ForwardKind.Local && text.StartsWith(UdpPrefix, StringComparison.Ordinal);
        if (!TrySplit(isUdp ? text[UdpPrefix.Length..] : text, out List<Field> fields) || (isUdp && fields.Exists(field => field.IsPath)))
        {
            error = "not of the form " + Form(kind);
            return false;
        }

        int used = 0;
        if (!TryTakeListen(kind, fields, isUdp, ref used, out ForwardPlace listen, out error))
        {
            return false;
        }

        ForwardPlace? target = null;
        if (used < fields.Count && !TryTakeTarget(fields, isUdp, ref used, out target, out error))
        {
            return false;
        }

        bool mayLackTarget = kind == ForwardKind.Dynamic || (kind == ForwardKind.Remote && listen.Path is null);
        if (used < fields.Count || (target is null ? !mayLackTarget : kind == ForwardKind.Dynamic))
        {
            error = "not of the form " + Form(kind);
            return false;
        }

        spec = new ForwardSpec { Kind = kind, Listen = listen, Target = target };
        return true;
    }

    /// <summary>In ssh's syntax again, without the option.</summary>
    public override string ToString()
    {
        string listen = Listen.Path is { } path ? Escape(path) : Listen.Host.Length == 0 ? Listen.ToString()[1..] : Listen.ToString();
        string target = Target is null ? "" : ":" + (Target.Path is { } targetPath ? Escape(targetPath) : Target.ToString());
        return (IsUdp ? UdpPrefix : "") + listen + target;
    }

    private static string Form(ForwardKind kind) => kind == ForwardKind.Dynamic ? "[bind:]port" : "[bind:]port:host:port (or a socket's /path on either side)";

    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static bool TryTakeListen(ForwardKind kind, List<Field> fields, bool isUdp, ref int used, out ForwardPlace listen, out string error)
    {
        listen = ForwardPlace.OfPort("", 0);
        error = "";
        if (kind == ForwardKind.Local && fields.Count < 3 && !fields[^1].IsPath)
        {
            error = "not of the form " + Form(kind);
            return false;
        }

        if (fields[0].IsPath && !isUdp && kind != ForwardKind.Dynamic)
        {
            used = 1;
            listen = ForwardPlace.OfPath(fields[0].Text);
            error = ForwardPlace.IsPathGood(fields[0].Text) ? "" : "the path of the socket is too long";
            return error.Length == 0;
        }

        // The first field is a port when so many follow as a target has; else it is the address to bind.
        int after = kind == ForwardKind.Dynamic ? 0 : fields[^1].IsPath ? 1 : fields.Count > 2 ? 2 : 0;
        bool hasBind = fields.Count - after == 2;
        used = hasBind ? 2 : 1;
        string bind = !hasBind ? "" : fields[0].Text.Length == 0 ? ForwardPlace.Anywhere : fields[0].Text;
        string text = fields[used - 1].Text;
        if (!ForwardPlace.TryParsePort(text, out int port))
        {
            error = $"\"{text}\" is no port";
        }
        else if (!ForwardPlace.IsHostGood(bind))
        {
            error = $"\"{bind}\" is no address";
        }

        listen = ForwardPlace.OfPort(bind, port, isUdp);
        return error.Length == 0;
    }

    private static bool TryTakeTarget(List<Field> fields, bool isUdp, ref int used, out ForwardPlace? target, out string error)
    {
        error = "";
        if (fields[used].IsPath && !isUdp)
        {
            string path = fields[used++].Text;
            target = ForwardPlace.OfPath(path);
            error = ForwardPlace.IsPathGood(path) ? "" : "the path of the socket is too long";
            return error.Length == 0;
        }

        target = null;
        if (fields.Count - used != 2)
        {
            return true; // The caller says what the form is.
        }

        string host = fields[used].Text;
        string text = fields[used + 1].Text;
        if (host.Length == 0 || !ForwardPlace.IsHostGood(host))
        {
            error = $"\"{host}\" is no host";
        }
        else if (!ForwardPlace.TryParsePort(text, out int port) || port == 0)
        {
            error = $"\"{text}\" is no port";
        }
        else
        {
            used += 2;
            target = ForwardPlace.OfPort(host, port, isUdp);
        }

        return error.Length == 0;
    }

    /// <summary>At colons that are neither in brackets nor behind a backslash.</summary>
    private static bool TrySplit(string text, out List<Field> fields)
    {
        fields = [];
        StringBuilder field = new();
        bool isBracketed = false;
        bool isAfterBracket = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ':';
            if (c == ':' && !isBracketed)
            {
                string part = field.ToString();
                fields.Add(new Field(part, part.StartsWith('/')));
                field.Clear();
                isAfterBracket = false;
            }
            else if (i == text.Length || isAfterBracket)
            {
                return false;
            }
            else if (c == '[' && field.Length == 0 && !isBracketed)
            {
                isBracketed = true;
            }
            else if (c == ']' && isBracketed)
            {
                (isBracketed, isAfterBracket) = (false, true);
            }
            else
            {
                i += c == '\\' && i + 1 < text.Length ? 1 : 0;
                field.Append(text[i]);
            }
        }

        return fields.Count <= FieldsMax;
    }

    private readonly record struct Field(string Text, bool IsPath);
}
