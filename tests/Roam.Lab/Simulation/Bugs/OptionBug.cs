namespace Roam.Lab;

/// <summary>Mistakes in parts that the sessions take from outside when a test gives them.</summary>
internal sealed class OptionBug(PlantedBug bug) : SimBugBox
{
    public override SimOptions Change(SimOptions options) => bug switch
    {
        PlantedBug.EchoAckTooEarly => options with { Server = options.Server with { EchoAckDelayMillis = 0 } },
        PlantedBug.WrongGuessKept => options with { Client = options.Client with { Predictor = new NaivePredictor(forgets: false) } },
        PlantedBug.PasswordShown => options with { Client = options.Client with { Predictor = new NaivePredictor(forgets: true) } },
        _ => options,
    };
}
