namespace Roam.Terminal;

/// <summary>Which predictor does what --predict asks for.</summary>
public static class Predictors
{
    public static IPredictor Create(PredictionMode mode, bool overwrite) => mode switch
    {
        PredictionMode.Stock => new StockPredictor(PredictionMode.Adaptive, overwrite),
        _ => new PredictionEngine(mode, overwrite),
    };
}
