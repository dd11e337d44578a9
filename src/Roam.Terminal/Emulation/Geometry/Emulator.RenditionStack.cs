namespace Roam.Terminal;

/// <summary>XTPUSHSGR, XTPOPSGR (ctlseqs).</summary>
public sealed partial class Emulator
{
    private readonly RenditionStack _renditions = new();

    private void PushRendition(in Parameters parameters)
    {
        SavedRendition parts = parameters.Count == 0 ? SavedRendition.All : default;
        for (int i = 0; i < parameters.Count; i++)
        {
            parts = parts.With(parameters.ValueOr(i, 0));
        }

        _renditions.Push(Screen.Pen, parts);
    }

    private void PopRendition()
    {
        Screen.Pen = _renditions.PopInto(Screen.Pen);
        ForgetPen();
    }
}
