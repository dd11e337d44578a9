namespace Roam.Terminal;

/// <summary>How often a key did in a context what was expected of it.</summary>
internal struct EffectRecord
{
    /// <summary>A learned effect is shown only while this many times the wrong ones are not more than the right ones.</summary>
    private const int MissFactor = 8;

    /// <summary>At so many both are halved: programs are configured anew, and other ones show the same status.</summary>
    private const int CountMax = 400;

    public int Right;
    public int Wrong;

    public readonly bool IsTrusted(int needed) => Right >= needed && Wrong * MissFactor <= Right;

    /// <summary>Nothing yet says that it does something else.</summary>
    public readonly bool IsUndisputed => Wrong * MissFactor <= Right;

    public void Count(bool isRight)
    {
        if (isRight)
        {
            Right++;
        }
        else
        {
            Wrong++;
        }

        if (Right + Wrong > CountMax)
        {
            Right /= 2;
            Wrong /= 2;
        }
    }
}
