using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.Referrals;

public sealed class RecordHandoffResponseTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task Task_and_plan_follow_the_region()
    {
        var (message, care) = await HandedOver();
        foreach (var (example, task, plan) in new[]
        {
            ("12a", TaskStatus.Accepted, RequestStatus.Active),
            ("12b", TaskStatus.InProgress, RequestStatus.Active),
            ("12c", TaskStatus.Completed, RequestStatus.Completed),
        })
        {
            await app.Deliver<HandoffResponse>(Response(example, message));
            Assert.Equal(task, (await app.Get<FhirTask>(care.Id!)).Status);
            Assert.Equal(plan, (await Plan(care)).Status);
        }
    }

    // TEO 4/2006: a returned person does not fall between two units.
    [Fact]
    public async Task A_rejection_keeps_reason_guidance_and_whether_the_person_was_told()
    {
        var (message, care) = await HandedOver();
        await app.Deliver<HandoffResponse>(Response("12d", message));

        var rejected = await app.Get<FhirTask>(care.Id!);
        Assert.Equal(TaskStatus.Rejected, rejected.Status);
        Assert.Equal("specialised-care-needed", rejected.StatusReason!.Coding[0].Code);
        Assert.Equal(["guidance", "patient-informed"], rejected.Output.Select(output => output.Type!.Coding[0].Code));
        Assert.Equal(RequestStatus.OnHold, (await Plan(care)).Status);
    }

    [Fact]
    public async Task A_rejection_without_guidance_changes_nothing()
    {
        var (message, care) = await HandedOver();
        var rejection = Response("12d", message);
        rejection.All<FhirTask>().Single().Output.RemoveAt(0);
        await app.Deliver<HandoffResponse>(rejection);

        Assert.Equal(TaskStatus.Requested, (await app.Get<FhirTask>(care.Id!)).Status);
    }

    [Fact]
    public async Task An_illegal_move_and_a_status_of_the_other_side_change_nothing()
    {
        var (message, care) = await HandedOver();
        await app.Deliver<HandoffResponse>(Response("12c", message));
        Assert.Equal(TaskStatus.Requested, (await app.Get<FhirTask>(care.Id!)).Status);

        var cancelled = Response("12a", message);
        cancelled.All<FhirTask>().Single().Status = TaskStatus.Cancelled;
        await app.Deliver<HandoffResponse>(cancelled);
        Assert.Equal(TaskStatus.Requested, (await app.Get<FhirTask>(care.Id!)).Status);
    }

    [Fact]
    public async Task An_undelivered_handoff_comes_back_to_the_professional_who_referred()
    {
        var (message, care) = await HandedOver();
        var report = MessageBundle.Compose(
            Events.DeliveryReport, ServiceNames.RegionHandoff, app.Time.GetUtcNow(), care, [care]);
        await app.Deliver<DeliveryReport>(report);
        await app.Deliver<DeliveryReport>(report.Renew());

        var tasks = await app.Search<FhirTask>($"Task?group-identifier={Systems.Journey}|{message.Journey()}");
        Assert.Contains(tasks, task => task.Id == care.Id
            && task.BusinessStatus!.Coding[0].Code == "undelivered" && task.Status == TaskStatus.Requested);
        var phone = Assert.Single(tasks, task => task.Code!.Has(Systems.TaskKind, TaskKinds.PhoneHandover));
        Assert.StartsWith("PractitionerRole/", phone.Owner!.Reference, StringComparison.Ordinal);
        Assert.Equal(RequestPriority.Asap, phone.Priority);
    }

    private async Task<(Bundle Message, FhirTask Care)> HandedOver()
    {
        var message = Example.Fresh("03");
        return (message, (await app.Send(message)).Task(TaskKinds.Care));
    }

    private static Bundle Response(string example, Bundle referral)
    {
        var response = Example.Referral(example).Renew();
        var (task, sent) = (response.All<FhirTask>().Single(), referral.All<FhirTask>().Single());
        (task.Identifier, task.GroupIdentifier) = (sent.Identifier, sent.GroupIdentifier);
        return response;
    }

    private Task<CarePlan> Plan(FhirTask care) => app.Get<CarePlan>(care.BasedOn[0].Reference!.Split('/')[1]);
}
