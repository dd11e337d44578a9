namespace Roam.Lab;

/// <summary>Something that must stand any input. Add one: implement this, name it in <see cref="FuzzVerb"/>.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Inputs worth mutating: valid ones that reach deep.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Throws if something that must hold does not. The same input gives the same run.</summary>
    void Run(ReadOnlySpan<byte> input);

    /// <summary>Terminal output as an input of this target; null: it takes something else.</summary>
    byte[]? Frame(byte[] output, SeededRandom random) => null;
}
