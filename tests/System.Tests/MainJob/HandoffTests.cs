using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace System.Tests.MainJob;

/// <summary>The second promise: the handoff reaches the region, and its answer comes back.</summary>
public sealed class HandoffTests
{
    [Fact]
    public async Task After_the_region_accepted_a_GET_of_the_care_Task_shows_it()
    {
        await using var box = await RunningBox.Start();
        var task = (await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"))).CareTask();
        await box.Client.Mailbox("09", expected: 1);
        await box.Client.Answer(Client.Regions, Examples.Text("12a-"));
        await Shows(box, task.Id!, TaskStatus.Accepted);
        await box.Client.Answer(Client.Regions, Examples.Text("12b-"));
        await Shows(box, task.Id!, TaskStatus.InProgress);
        await box.Client.Answer(Client.Regions, Examples.Text("12c-"));
        await Shows(box, task.Id!, TaskStatus.Completed);
    }

    [Fact]
    public async Task After_the_region_rejected_the_reason_and_the_guidance_are_on_the_care_Task()
    {
        await using var box = await RunningBox.Start();
        var task = (await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"))).CareTask();
        await box.Client.Mailbox("09", expected: 1);
        await box.Client.Answer(Client.Regions, Examples.Text("12d-"));
        var rejected = await Shows(box, task.Id!, TaskStatus.Rejected);
        Assert.NotEmpty(rejected.StatusReason!.Coding);
        Assert.Contains(rejected.Output, output => output.Type!.Has(Systems.TaskOutput, "guidance"));
    }

    [Fact]
    public async Task A_region_with_an_endpoint_of_its_own_gets_the_handoff_by_REST()
    {
        await using var box = await RunningBox.Start();
        await using var region = await TestRegion.Join(box, "endpoint-08");
        await box.Client.Answer(Client.OccupationalHealth, Examples.Text("05-"));
        var handoff = Assert.Single(await region.Gets(Events.HandoffRequest, 1));
        Assert.Equal(RequestPriority.Stat, Assert.Single(handoff.All<FhirTask>()).Priority);
    }

    [Fact]
    public async Task An_acknowledged_message_leaves_the_mailbox_and_stays_out()
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"));
        var handoff = Assert.Single(await box.Client.Mailbox("09", expected: 1));
        var acknowledge = $"{Client.Regions}/MessageHeader/{handoff.Entry[0].Resource!.Id}/$acknowledge";
        Assert.True((await box.Client.Post(acknowledge, "")).IsSuccessStatusCode);
        Assert.Empty(await box.Client.Mailbox("09"));
        Assert.True((await box.Client.Post(acknowledge, "")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_simulated_region_answers_when_asked_to()
    {
        await using var box = await RunningBox.Start(simulateRegion: true);
        var task = (await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"))).CareTask();
        for (var i = 0; i < 400; i++)
        {
            var seen = await box.Client.Get<FhirTask>($"{Client.OccupationalHealth}/Task/{task.Id}");
            if (seen.Status is not (TaskStatus.Requested or TaskStatus.Received)) return;
            await Task.Delay(50);
        }

        Assert.Fail("The simulated region did not answer.");
    }

    [Fact]
    public async Task An_answer_to_a_handoff_that_never_was_is_refused()
    {
        await using var box = await RunningBox.Start();
        var response = await box.Client.Send(Client.Regions, Examples.Text("12a-"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await Client.Read<OperationOutcome>(response);
    }

    private static async Task<FhirTask> Shows(RunningBox box, string id, TaskStatus status)
    {
        for (var i = 0; i < 400; i++)
        {
            var task = await box.Client.Get<FhirTask>($"{Client.OccupationalHealth}/Task/{id}");
            if (task.Status == status) return task;
            await Task.Delay(25);
        }

        Assert.Fail($"The care Task never showed {status}.");
        throw new InvalidOperationException();
    }
}
