using System.Text.Json.Serialization;

namespace Roam.Lab;

/// <summary>What terminal.js dumps.</summary>
[JsonSerializable(typeof(List<ShownRow>))]
internal sealed partial class XtermJson : JsonSerializerContext;
