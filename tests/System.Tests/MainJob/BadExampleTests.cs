using System.Net;
using Fhir;

namespace System.Tests.MainJob;

/// <summary>Bad input is refused with every fault and where it is, and leaves nothing behind.</summary>
public sealed class BadExampleTests
{
    [Theory]
    [InlineData("bad-unknown-event", Client.OccupationalHealth, 400, "Bundle.entry[0].resource.event.code")]
    [InlineData("bad-broken", Client.OccupationalHealth, 400, "")]
    [InlineData("bad-two-faults", Client.OccupationalHealth, 400,
        "Bundle.entry[1].resource.status Bundle.entry[2].resource.subject")]
    [InlineData("bad-confirm-without-professional", Client.OccupationalHealth, 400, "Bundle.entry[3].resource.agent[0].who")]
    public async Task A_bad_message_is_refused_with_every_fault_and_leaves_nothing(
        string example, string root, int status, string expressions)
    {
        await using var box = await RunningBox.Start();
        if (example == "bad-confirm-without-professional")
            await box.Client.Answer(Client.OccupationalHealth, Examples.Text("01-"));
        var before = await Rows(box);
        var response = await box.Client.Send(root, Examples.Text(example));
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        var outcome = await Client.Read<OperationOutcome>(response);
        Assert.All(outcome.Issue, issue => Assert.NotEmpty(issue.Diagnostics!));
        if (expressions.Length > 0)
            Assert.Equal(expressions.Split(' '), outcome.Issue.SelectMany(issue => issue.Expression).Distinct());
        Assert.Equal(before, await Rows(box));
    }

    [Theory]
    [InlineData("bad-illegal-transition", 409)]
    [InlineData("bad-status-of-the-other-side", 400)]
    public async Task An_illegal_move_of_a_Task_is_refused_and_the_Task_stays_as_it_was(string example, int status)
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"));
        await box.Client.Mailbox("09", expected: 1);
        foreach (var answer in (string[])["12a-", "12b-", "12c-"])
            await box.Client.Answer(Client.Regions, Examples.Text(answer));
        var response = await box.Client.Send(Client.Regions, Examples.Text(example));
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        await Client.Read<OperationOutcome>(response);
        var tasks = (await box.Client.Get<Bundle>($"{Client.Regions}/Task")).Entry.Select(entry => entry.Resource);
        Assert.Equal(Fhir.TaskStatus.Completed, Assert.IsType<FhirTask>(Assert.Single(tasks)).Status);
    }

    private static Task<long> Rows(RunningBox box) => box.Count(
        """
        select (select count(*) from resource_version) + (select count(*) from timer) + (select count(*) from outbox)
        """);
}
