using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace System.Tests.MainJob;

/// <summary>Occupational health keeps the ability to work in sight: absences, employers, and regions that ask.</summary>
public sealed class WorkAbilityTests
{
    [Fact]
    public async Task A_regions_referral_comes_to_occupational_health_and_its_result_goes_back()
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.Regions, Examples.Text("15-"));
        var task = await Task(box, "PH-T-2026-01");
        task.Status = TaskStatus.Accepted;
        await box.Client.Put($"{Client.OccupationalHealth}/Task/{task.Id}", task);

        var told = Assert.Single(await box.Client.Mailbox("09", expected: 1));
        Assert.Equal(Events.WorkAbilityFollowUp, ((Coding)told.MessageHeader().Event!).Code);
        Assert.Equal(TaskStatus.Accepted, told.All<FhirTask>().Single().Status);
    }

    [Fact]
    public async Task A_person_without_occupational_health_comes_back_with_guidance()
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.Regions, Examples.Text("15b-"));

        var told = Assert.Single(await box.Client.Mailbox("09", expected: 1)).All<FhirTask>().Single();
        Assert.Equal((TaskStatus.Rejected, "no-occupational-health"), (told.Status, told.StatusReason!.Coding[0].Code));
    }

    [Fact]
    public async Task A_certificate_opens_checkpoints_and_an_employers_notice_is_taken_until_the_worker_forbids_it()
    {
        await using var box = await RunningBox.Start();
        var told = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("13-"));
        Assert.Contains(told.All<FhirTask>(), task => task.Code!.Has(Systems.TaskKind, TaskKinds.AbsenceCheckpoint));
        var taken = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("14-"));
        Assert.Single(taken.Entry);

        Assert.True((await box.Client.Post(
            $"{Client.OccupationalHealth}/Consent", Examples.Text("14b-"))).IsSuccessStatusCode);
        var forbidden = Examples.Text("14-").Replace("2026-117", "2026-118", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await box.Client.Send(Client.OccupationalHealth, NewIds(forbidden))).StatusCode);
    }

    private static string NewIds(string text)
    {
        var bundle = Text.Json.Nodes.JsonNode.Parse(text)!;
        bundle["id"] = Guid.CreateVersion7().ToString();
        bundle["entry"]![0]!["resource"]!["id"] = Guid.CreateVersion7().ToString();
        return bundle.ToJsonString();
    }

    private static async Task<FhirTask> Task(RunningBox box, string number)
    {
        for (var i = 0; i < 400; i++)
        {
            var found = (await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/Task?identifier={number}"))
                .All<FhirTask>().ToList();
            if (found is [var task]) return task;
            await Threading.Tasks.Task.Delay(25);
        }

        throw new InvalidOperationException("The referral did not arrive.");
    }
}
