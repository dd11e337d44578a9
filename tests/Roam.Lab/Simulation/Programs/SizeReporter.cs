namespace Roam.Lab;

/// <summary>Says its size and fills the corners at each resize; asks the terminal questions, so that answers travel with the keys.</summary>
internal sealed class SizeReporter(SimRandom random) : SimProgram(random)
{
    protected override void OnStart(long nowMicros) => Report(nowMicros);

    protected override void OnResize(long nowMicros) => Report(nowMicros);

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        string question = Random.Below(4) switch
        {
            0 => "\e[6n",
            1 => "\e[c",
            2 => "\e[5n",
            _ => "",
        };
        Write(nowMicros, 1000, $"{question}{keys.Length} ");
    }

    private void Report(long nowMicros) =>
        Write(nowMicros, 2000, $"\e[H\e[2J\e[{Height};{Width}H+\e[1;{Width}H+\e[{Height};1H+\e[2;1Hsize {Width}x{Height}\r\n");
}
