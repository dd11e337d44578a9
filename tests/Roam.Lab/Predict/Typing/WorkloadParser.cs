using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// Reads a typing workload: one line a step, # begins a remark. The head says how the program is started:
/// program ARGV..., needs EXECUTABLE..., env NAME=VALUE (or NAME="VALUE"), setup COMMAND, service sshd, file NAME "content" (or file NAME and then lines that begin with |).
/// Then what is typed: type "text", press NAMES (<see cref="NamedKeys"/>), commit "text" (all at once, as an input method does), secret "text" (where nothing is echoed),
/// keys "text" (at once, as a terminal sends it), think MS, as text|command, wait "text", gone "text", settle [MS], end. Strings take the escapes of <see cref="EscapedText"/>;
/// in "type" and "secret" \r is the Enter key, and each character is a keystroke of its own.
/// </summary>
internal sealed class WorkloadParser
{
    private const int SettleMillisDefault = 200;

    private readonly List<string> _program = [];
    private readonly List<string> _needs = [];
    private readonly List<string> _environment = [];
    private readonly List<(string Name, string Content)> _files = [];
    private readonly List<string> _setup = [];
    private readonly List<string> _services = [];
    private readonly List<TypingStep> _steps = [];
    private TypingGroup _group;
    private int _line;

    public static TypingWorkload Parse(string name, string text)
    {
        WorkloadParser parser = new();
        try
        {
            foreach (string line in text.Split('\n'))
            {
                parser._line++;
                parser.Take(line);
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"{name}.keys, line {parser._line}: {e.Message}", e);
        }

        return parser._program.Count == 0 ? throw new FormatException(name + ".keys names no program") : parser.Result(name);
    }

    private TypingWorkload Result(string name) => new()
    {
        Name = name,
        Program = _program,
        Needs = _needs.Count == 0 ? [_program[0]] : _needs,
        Environment = _environment,
        Files = _files,
        Setup = _setup,
        Services = _services,
        Steps = _steps,
    };

    private void Take(string line)
    {
        if (line.StartsWith('|') && _files.Count != 0)
        {
            _files[^1] = (_files[^1].Name, _files[^1].Content + line[1..] + "\n");
            return;
        }

        line = line.Trim();
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        string[] words = line.Split(' ', 2);
        string rest = words.Length > 1 ? words[1].Trim() : "";
        if (!TryHead(words[0], rest))
        {
            _steps.Add(StepOf(words[0], rest));
        }
    }

    private bool TryHead(string word, string rest)
    {
        switch (word)
        {
            case "program":
                _program.AddRange(Words(rest));
                return true;
            case "needs":
                _needs.AddRange(Words(rest));
                return true;
            case "env" when rest.Contains('='):
                int equals = rest.IndexOf('=') + 1;
                _environment.Add(rest[equals..].StartsWith('"') ? rest[..equals] + Encoding.UTF8.GetString(Unquote(rest[equals..])) : rest);
                return true;
            case "setup":
                _setup.Add(rest);
                return true;
            case "service" when rest == "sshd":
                _services.Add(rest);
                return true;
            case "file":
                string[] parts = rest.Split(' ', 2);
                _files.Add((parts[0], parts.Length == 1 ? "" : Encoding.UTF8.GetString(Unquote(parts[1].Trim()))));
                return true;
            case "as":
                _group = rest switch
                {
                    "text" => TypingGroup.Text,
                    "command" => TypingGroup.Command,
                    _ => throw new FormatException("as text, or as command"),
                };
                return true;
            default:
                return false;
        }
    }

    private TypingStep StepOf(string word, string rest)
    {
        switch (word)
        {
            case "type":
                return Typed([.. Characters(Unquote(rest), isSecret: false)]);
            case "secret":
                return Typed([.. Characters(Unquote(rest), isSecret: true)]);
            case "commit" or "keys":
                byte[] bytes = Unquote(rest);
                return Typed([new Keystroke(Encoding.UTF8.GetString(bytes), bytes, _group, false)]);
            case "press":
                return Typed([.. Words(rest).Select(Press)]);
            case "think":
                return new TypingStep(_line, TypingStepKind.Think, [], "", Millis(rest));
            case "wait":
                return new TypingStep(_line, TypingStepKind.Wait, [], Encoding.UTF8.GetString(Unquote(rest)), 0);
            case "gone":
                return new TypingStep(_line, TypingStepKind.Gone, [], Encoding.UTF8.GetString(Unquote(rest)), 0);
            case "settle":
                return new TypingStep(_line, TypingStepKind.Settle, [], "", rest.Length == 0 ? SettleMillisDefault : Millis(rest));
            case "end" when rest.Length == 0:
                return new TypingStep(_line, TypingStepKind.End, [], "", 0);
            default:
                throw new FormatException($"'{word}' is no step");
        }
    }

    private TypingStep Typed(IReadOnlyList<Keystroke> keys) => new(_line, TypingStepKind.Keys, keys, "", 0);

    private IEnumerable<Keystroke> Characters(byte[] text, bool isSecret)
    {
        foreach (Rune rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            byte[] bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            bool isEnter = rune.Value == '\r';
            yield return new Keystroke(isEnter ? "Enter" : rune.ToString(), bytes, _group, isSecret && !isEnter);
        }
    }

    private Keystroke Press(string name) =>
        new(name, Encoding.UTF8.GetBytes(NamedKeys.Find(name) ?? throw new FormatException($"'{name}' is no key")), _group, false);

    private static int Millis(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Words between blanks; one in quotes may hold blanks, and takes escapes.</summary>
    private static List<string> Words(string text)
    {
        List<string> words = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                continue;
            }

            int end = text[i] == '"' ? ClosingQuote(text, i) + 1 : text.IndexOf(' ', i);
            end = end < 0 ? text.Length : end;
            string word = text[i..end];
            words.Add(word.Length > 1 && word[0] == '"' ? Encoding.UTF8.GetString(Unquote(word)) : word);
            i = end;
        }

        return words;
    }

    private static int ClosingQuote(string text, int open)
    {
        int i = open + 1;
        while (i < text.Length && text[i] != '"')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return i < text.Length ? i : throw new FormatException("a closing quote is missing");
    }

    private static byte[] Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? EscapedText.Unescape(text[1..^1]) : throw new FormatException("a text in quotes was expected");
}
