namespace System.Tests.MainJob;

/// <summary>Answered 2xx means durable: nothing is lost and nothing happens twice, however the process dies.</summary>
public sealed class KillTests
{
    private const int Journeys = 20;

    [Fact]
    public async Task Kill_9_right_after_the_answer_loses_nothing_and_the_region_gets_the_handoff_once()
    {
        var folder = Directory.CreateTempSubdirectory("omh-kill-");
        try
        {
            for (var journey = 0; journey < Journeys; journey += 5)
            {
                using var box = await RunningProcess.Start(folder.FullName);
                await Task.WhenAll(Enumerable.Range(journey, 5).Select(copy =>
                    box.Client.Answer(Client.OccupationalHealth, Examples.Fresh("03-", copy))));
                box.Kill();
            }

            using var last = await RunningProcess.Start(folder.FullName);
            var handoffs = await last.Client.Mailbox("09", Journeys);
            Assert.Equal(Journeys, handoffs.Select(handoff => handoff.Id).Distinct().Count());
            await Task.Delay(1000);
            Assert.Equal(Journeys, (await last.Client.Mailbox("09")).Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
