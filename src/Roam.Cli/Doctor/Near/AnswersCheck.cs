using Roam.Host;
using Roam.Terminal;

namespace Roam.Cli;

/// <summary>What the terminal says of itself: the questions that every session asks.</summary>
internal sealed class AnswersCheck : Check
{
    public override string Name => "answers";

    public override string Progress => "asking the terminal what it can do";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        string term = ProcessEnvironment.Get("TERM") ?? "";
        if (!StandardStreams.InputIsTerminal || !StandardStreams.OutputIsTerminal)
        {
            return [Finding.Skipped("the terminal was not asked: input or output is not one")];
        }

        if (!TerminalQueries.AreWelcome(term, TerminalDescription.TryLoad(term) ?? []) || TerminalQuestions.Ask() is not { } told)
        {
            return [Finding.Skipped($"a terminal of this kind ({term}) is not asked")];
        }

        (string, object)[] facts =
        [
            ("complete", told.IsComplete), ("name", told.Name ?? ""), ("deviceAttributes", told.DeviceAttributes ?? ""), ("synchronizedOutput", told.SynchronizedOutput ?? false),
            ("graphemeClusters", told.GraphemeClusters ?? false), ("colorSchemeReports", told.ColorSchemeReports ?? false), ("kittyKeyboard", told.KeyboardFlags is not null),
            ("cellWidth", told.CellWidth), ("cellHeight", told.CellHeight),
        ];
        if (!told.IsComplete)
        {
            return [Finding.Warning("the terminal did not answer within 2 s", "Sessions work; what only some terminals have is not used. A multiplexer or recorder in between may swallow answers.", facts)];
        }

        List<string> abilities = [];
        Add(abilities, told.SynchronizedOutput == true, "synchronized output");
        Add(abilities, told.GraphemeClusters == true, "grapheme clusters");
        Add(abilities, told.KeyboardFlags is not null, "kitty keyboard");
        Add(abilities, told.Background is not null, "colour queries");
        string name = string.IsNullOrEmpty(told.Name) ? "it does not say its name" : told.Name;
        return [Finding.Ok($"{name}; {(abilities.Count > 0 ? string.Join(", ", abilities) : "none of the newer abilities")}", facts)];
    }

    private static void Add(List<string> abilities, bool has, string name)
    {
        if (has)
        {
            abilities.Add(name);
        }
    }
}
