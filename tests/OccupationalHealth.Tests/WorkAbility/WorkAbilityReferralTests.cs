using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class WorkAbilityReferralTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    // Domain row 14; provider A has this worker on a preventive contract only.
    [Fact]
    public async Task A_regions_referral_opens_the_follow_up_at_the_unit_that_it_names()
    {
        var (referral, journey) = await Deliver("15-*.json", Example.NewPerson());
        var task = await Task(referral);

        Assert.Equal((TaskStatus.Requested, "oh-provider-a"), (task.Status, task.Owner!.Identifier!.Value));
        var followUp = await app.Get<FhirTask>(task.PartOf.Single().Reference!.Split('/')[1]);
        Assert.True(followUp.Code!.Has(Systems.TaskKind, TaskKinds.WorkAbilityFollowUp));
        Assert.Equal("oh-provider-a", followUp.Owner!.Identifier!.Value);
        Assert.Empty(await app.Outgoing(journey));
    }

    [Fact]
    public async Task Without_a_named_unit_it_goes_to_the_one_that_follows_up_already()
    {
        var person = Example.NewPerson();
        var followUp = (await app.Send(Example.Fresh("03", person))).Task(TaskKinds.WorkAbilityFollowUp);
        var (referral, _) = await Deliver("15b-*.json", person);

        Assert.Equal($"Task/{followUp.Id}", (await Task(referral)).PartOf.Single().Reference);
    }

    [Fact]
    public async Task The_result_goes_back_to_the_region_and_nothing_else_of_the_follow_up()
    {
        var (referral, journey) = await Deliver("15-*.json", Example.NewPerson());
        var task = await Task(referral);
        foreach (var status in (TaskStatus[])[TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed])
        {
            task.Status = status;
            if (status is TaskStatus.Completed)
                task.Output.Add(new FhirTask.OutputComponent
                {
                    Type = new CodeableConcept(Systems.TaskOutput, "work-ability-result"),
                    Value = new FhirString("Returns to lighter work on 7 December."),
                });
            var answer = await app.Put(task);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            task = (FhirTask)answer.Body;
        }

        var told = await app.Outgoing(journey);
        Assert.Equal([TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed],
            told.Select(message => message.All<FhirTask>().Single().Status));
        var last = told[^1];
        Assert.Equal(Events.WorkAbilityFollowUp, ((Coding)last.MessageHeader().Event!).Code);
        Assert.Equal("09", last.MessageHeader().Destination.Single().Receiver!.Identifier!.Value);
        Assert.Equal(["MessageHeader", "Task"], last.Entry.Select(entry => entry.Resource!.TypeName));
        Assert.Equal(referral.All<FhirTask>().Single().Identifier[0].Value,
            last.All<FhirTask>().Single().Identifier[0].Value);
        Assert.Single(last.All<FhirTask>().Single().Output);
    }

    // Two weeks, as long as the first sick leave of the pilot (domain row 14).
    [Fact]
    public async Task A_referral_that_nobody_takes_up_is_escalated_and_the_region_told_also_after_a_restart()
    {
        var (untaken, journey) = await Deliver("15-*.json", Example.NewPerson());
        var (taken, other) = await Deliver("15-*.json", Example.NewPerson());
        var task = await Task(taken);
        task.Status = TaskStatus.Accepted;
        await app.Put(task);
        await app.Restart();

        app.Time.Advance(TimeSpan.FromDays(14));
        await app.RunTimers();
        Assert.Null((await Task(untaken)).BusinessStatus);
        app.Time.Advance(TimeSpan.FromHours(13));
        await app.RunTimers();

        Assert.Equal(("escalated", RequestPriority.Asap),
            ((await Task(untaken)).BusinessStatus!.Coding[0].Code, (await Task(untaken)).Priority!.Value));
        var told = Assert.Single(await app.Outgoing(journey)).All<FhirTask>().Single();
        Assert.Equal((TaskStatus.Requested, "escalated"), (told.Status, told.BusinessStatus!.Coding[0].Code));
        Assert.Null((await Task(taken)).BusinessStatus);
        Assert.Single(await app.Outgoing(other));
    }

    // §3.1 and TEO 4/2006: who has no occupational health goes back with the way that fits.
    [Fact]
    public async Task A_person_without_occupational_health_goes_back_with_guidance_in_three_languages()
    {
        var (referral, journey) = await Deliver("15b-*.json", Example.NewPerson());

        var told = Assert.Single(await app.Outgoing(journey)).All<FhirTask>().Single();
        Assert.Equal((TaskStatus.Rejected, "no-occupational-health"), (told.Status, told.StatusReason!.Coding[0].Code));
        var guidance = (FhirString)told.Output.Single(output => output.Type!.Coding[0].Code == "guidance").Value!;
        Assert.Contains("työllisyysalue", guidance.Value, StringComparison.Ordinal);
        Assert.Contains("Kela", guidance.Value, StringComparison.Ordinal);
        Assert.Equal(2, guidance.Extension.Count);
        Assert.Equal(TaskStatus.Rejected, (await Task(referral)).Status);
    }

    [Fact]
    public async Task Whoever_sends_a_referral_back_says_why_and_what_to_do_instead()
    {
        var (referral, journey) = await Deliver("15-*.json", Example.NewPerson());
        var task = await Task(referral);
        task.Status = TaskStatus.Rejected;

        Assert.Equal(["required Task.statusReason", "required Task.output"], (await app.Put(task)).Faults);
        Assert.Empty(await app.Outgoing(journey));
    }

    [Fact]
    public async Task The_same_referral_again_changes_nothing()
    {
        var (referral, _) = await Deliver("15-*.json", Example.NewPerson());
        await app.Deliver<WorkAbilityReferral>(referral.Renew());

        await Task(referral);
    }

    // As RegionHandoff passes it on.
    private async Task<(Bundle Referral, string Journey)> Deliver(string example, string person)
    {
        var referral = Example.Message(example).Renew();
        referral.All<Patient>().Single().Identifier[0].Value = person;
        var task = referral.All<FhirTask>().Single();
        (task.Identifier[0].Value, task.GroupIdentifier!.Value) = (
            Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        referral.MessageHeader().Sender = new ResourceReference { Identifier = new Identifier(Systems.Region, "09") };
        await app.Deliver<WorkAbilityReferral>(referral);
        return (referral, task.GroupIdentifier.Value!);
    }

    private async Task<FhirTask> Task(Bundle referral)
    {
        var number = referral.All<FhirTask>().Single().Identifier[0];
        return Assert.Single(await app.Search<FhirTask>($"Task?identifier={number.System}|{number.Value}"));
    }
}
