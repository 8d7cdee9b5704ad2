using System.Net;
using Fhir;

namespace System.Tests.MainJob;

public sealed class DuplicateTests
{
    [Fact]
    public async Task The_same_message_five_times_at_once_has_one_effect_and_five_equal_answers()
    {
        await using var box = await RunningBox.Start();
        var text = Examples.Text("03-");
        var bodies = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var connection = new Client(box.Client.Address);
            var response = await connection.Send(Client.OccupationalHealth, text);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }));
        Assert.Single(bodies.Distinct());
        Assert.Equal(1, await box.Outbox());
        Assert.Single(await box.Client.Mailbox("09", expected: 1));
        Assert.Single((await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/CarePlan")).Entry);
    }

    [Fact]
    public async Task The_same_ids_with_another_body_get_409()
    {
        await using var box = await RunningBox.Start();
        var text = Examples.Text("01-");
        await box.Client.Answer(Client.OccupationalHealth, text);
        var response = await box.Client.Send(
            Client.OccupationalHealth, text.Replace("\"routine\"", "\"urgent\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(IssueType.Duplicate, (await Client.Read<OperationOutcome>(response)).Issue.Single().Code);
    }
}
