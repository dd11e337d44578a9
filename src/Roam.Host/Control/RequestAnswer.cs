using System.Globalization;

namespace Roam.Host;

/// <summary>What becomes of a forwarding that was just asked for.</summary>
internal sealed class RequestAnswer(ForwardRequest request) : IForwardAnswer
{
    public bool? IsGood => request.State switch
    {
        ForwardState.Waiting => null,
        ForwardState.Failed => false,
        _ => true,
    };

    public string Text => Describe(request);

    public static string Describe(ForwardRequest request) => request.State switch
    {
        ForwardState.Waiting => $"{request} waits for the other end",
        ForwardState.Failed => $"{request}: {request.Error}",
        ForwardState.Removed => $"{request} is removed",
        _ => request.Spec.Listen.Path is null ? $"{request} listens on port {request.Port.ToString(CultureInfo.InvariantCulture)}" : $"{request} listens",
    };
}
