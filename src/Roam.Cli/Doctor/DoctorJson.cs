using System.Globalization;
using System.Text;

namespace Roam.Cli;

/// <summary>The doctor's findings as one JSON object (RFC 8259).</summary>
internal sealed class DoctorJson
{
    private readonly StringBuilder _checks = new();

    public void Add(string check, Finding finding)
    {
        _checks.Append(_checks.Length == 0 ? "\n    {" : ",\n    {");
        _checks.Append($"\"name\": {Quoted(check)}, \"subject\": {Quoted(finding.Subject)}, \"state\": {Quoted(StateName(finding.State))}, ");
        _checks.Append($"\"finding\": {Quoted(finding.Text)}, \"advice\": {Quoted(finding.Advice)}, \"facts\": {{");
        _checks.Append(string.Join(", ", finding.Facts.Select(f => $"{Quoted(f.Name)}: {Value(f.Value)}"))).Append("}}");
    }

    public string Text(string? host, bool passed) => $$"""
        {
          "version": {{Quoted(BuildInfo.Version)}},
          "host": {{(host is null ? "null" : Quoted(host))}},
          "passed": {{(passed ? "true" : "false")}},
          "checks": [{{_checks}}
          ]
        }

        """;

    public static string StateName(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        CheckState.Failed => "failed",
        _ => "skipped",
    };

    private static string Value(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("0.###", CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\u007f' or (>= '\ud800' and <= '\udfff') => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
