namespace Roam.Lab;

/// <summary>Makes inputs for a fuzz target, one after the other; the same seed makes the same ones.</summary>
internal interface IInputSource
{
    byte[] Next();
}
