using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Q3: what is typed at a no-echo prompt never appears. Not promised in experimental mode, which shows unconfirmed guesses by its nature.</summary>
internal sealed class SecretHidden(SimOptions options) : Invariant("Q3 secret")
{
    private readonly bool _applies = options.Program == ProgramKind.PasswordShell && options.Client.PredictionMode != PredictionMode.Experimental;

    public override void OnFrame(SimWorld world, Screen frame)
    {
        if (!_applies || world.User.SecretsTyped == 0)
        {
            return;
        }

        for (int y = 0; y < frame.Height; y++)
        {
            foreach (Cell cell in frame.CellsAt(y))
            {
                Check(cell.IsGrapheme || !SimProgram.SecretAlphabet.Contains((char)cell.Content, StringComparison.Ordinal), $"a secret character is shown in row {y}");
            }
        }
    }
}
