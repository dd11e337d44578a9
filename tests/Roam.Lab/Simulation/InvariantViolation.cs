namespace Roam.Lab;

/// <summary>A property of the product that does not hold; the name is that of the invariant.</summary>
internal sealed class InvariantViolation(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public string Invariant => invariant;
}
