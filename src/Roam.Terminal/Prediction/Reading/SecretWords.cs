namespace Roam.Terminal;

/// <summary>Words in a question that asks for something nobody is to see. A word too many costs a round trip, one too few could show a password.</summary>
internal static class SecretWords
{
    /// <summary>Found anywhere: passphrase, Verification code, Kennwort ...</summary>
    private static readonly string[] Parts =
    [
        "pass", "phrase", "secret", "otp", "token", "code", "key", "pwd", "login", "credential", "wort", "contrase", "senha", "parol", "парол", "has\u0142o", "密", "パス", "暗証", "암호", "비밀",
    ];

    /// <summary>Found as whole words.</summary>
    private static readonly string[] Words = ["pin", "pw"];

    public static bool AreIn(ReadOnlySpan<char> text)
    {
        foreach (string part in Parts)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (string word in Words)
        {
            if (RowText.HasWord(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
