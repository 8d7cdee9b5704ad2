using Microsoft.Extensions.Logging.Abstractions;
using ServiceKit.Hosting;

namespace ServiceKit.Tests.Hosting;

public sealed class BusWatchTests
{
    [Theory]
    [InlineData(false, true, 11, 1)]
    [InlineData(false, true, 9, 0)]
    [InlineData(false, false, 60, 0)]
    [InlineData(true, true, 60, 0)]
    public async Task A_process_ends_when_its_bus_stays_away_though_the_broker_answers(
        bool busIsReady, bool brokerAnswers, int minutes, int ends)
    {
        var played = new Played { IsBusReady = busIsReady, BrokerAnswers = brokerAnswers };
        await played.Pass(minutes);
        Assert.Equal(ends, played.Ends);
    }

    [Fact]
    public async Task Time_counts_from_when_the_broker_answered_again_and_the_bus_did_not()
    {
        var played = new Played();
        await played.Pass(8);
        played.BrokerAnswers = false;
        await played.Pass(8);
        played.BrokerAnswers = true;
        await played.Pass(8);
        played.IsBusReady = true;
        await played.Pass(8);
        played.IsBusReady = false;
        await played.Pass(8);
        Assert.Equal(0, played.Ends);
        await played.Pass(3);
        Assert.Equal(1, played.Ends);
    }

    private sealed class Played : IServiceProbe
    {
        private readonly ManualTime time = new();
        private readonly BusWatch watch;

        public Played() => watch = new BusWatch(
            this, _ => BrokerAnswers ? Task.CompletedTask : Task.FromException(new IOException()), () => Ends++, time,
            NullLogger<BusWatch>.Instance);

        public bool IsBusReady { get; set; }

        public bool BrokerAnswers { get; set; } = true;

        public int Ends { get; private set; }

        public string Name => "bus";

        public bool IsNeededToServe => false;

        public Task<bool> IsReady(CancellationToken cancel) => Task.FromResult(IsBusReady);

        // It looks every half minute, until it ends.
        public async Task Pass(int minutes)
        {
            for (var i = 0; i < minutes * 2 && Ends == 0; i++)
            {
                await watch.Look(CancellationToken.None);
                time.Advance(TimeSpan.FromSeconds(30));
            }
        }
    }
}
