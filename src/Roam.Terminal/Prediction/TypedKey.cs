namespace Roam.Terminal;

/// <summary>A key as far as prediction tells them apart.</summary>
internal readonly record struct TypedKey(TypedKeyKind Kind, int CodePoint = 0);
