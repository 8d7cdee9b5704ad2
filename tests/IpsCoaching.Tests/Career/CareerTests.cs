using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;

namespace IpsCoaching.Tests.Career;

/// <summary>Career profile, wishes about work and work-incentive counselling through real requests.</summary>
public sealed class CareerTests
{
    [Fact]
    public async Task A_profile_is_updated_after_a_job_by_a_new_one_and_the_former_stays()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        await Created(ips, Recorded.Profile(episode, "2026-10-05"));
        var job = await Created(ips, Given.Job("2026-10-12", "2026-10-30"));
        var updated = await Created(ips, Recorded.Profile(episode, "2026-11-02", job.Id!));
        Assert.Equal($"Observation/{job.Id}", updated.PartOf.Single().Reference);
        Assert.Equal(
            ["2026-11-02", "2026-10-05"], (await ips.All<QuestionnaireResponse>()).Select(one => one.Authored));
        updated.Item[0].Answer[0].Value = new FhirString("Muuta");
        Assert.Equal(
            ["QuestionnaireResponse"], await RunningIps.Faults(await ips.Put(updated), HttpStatusCode.BadRequest));
        updated.Item[0].Answer[0].Value = new FhirString("Rauhallinen työ ihmisten parissa");
        updated.Status = QuestionnaireResponseStatus.EnteredInError;
        await RunningIps.Read<QuestionnaireResponse>(await ips.Put(updated), HttpStatusCode.OK);
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task Every_fault_of_a_profile_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        var profile = Recorded.Profile(episode, "2026-11-24", "none");
        profile.Questionnaire = "urn:other";
        profile.Status = QuestionnaireResponseStatus.InProgress;
        profile.Author = new ResourceReference("PractitionerRole/nobody");
        profile.Item[1].LinkId = "diagnosis";
        profile.Item[2].LinkId = "wishes";
        profile.Item[3].Answer.Clear();
        profile.Item[4].Answer[0].Value = new FhirBoolean(true);
        Assert.Equal(
            [
                "QuestionnaireResponse.author", "QuestionnaireResponse.authored",
                "QuestionnaireResponse.item[1].linkId",
                "QuestionnaireResponse.item[2].linkId", "QuestionnaireResponse.item[3].answer",
                "QuestionnaireResponse.item[4].answer", "QuestionnaireResponse.partOf[0]",
                "QuestionnaireResponse.questionnaire", "QuestionnaireResponse.status",
            ],
            await RunningIps.Faults(await ips.Post("QuestionnaireResponse", profile), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["QuestionnaireResponse.authored"],
            await RunningIps.Faults(
                await ips.Post("QuestionnaireResponse", Recorded.Profile(episode, "2026-09-30")),
                HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<QuestionnaireResponse>());
    }

    [Fact]
    public async Task A_wish_ends_and_another_begins_and_none_is_rewritten()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        var wish = await Created(ips, Recorded.Wish(episode, "2026-10-05"));
        await Created(ips, Recorded.Wish(episode, "2026-10-05", "avoid", null));
        Assert.Equal("7512", wish.Description!.Coding.Single().Code);
        wish.Description.Text = "Toimistotyö";
        wish.LifecycleStatus = GoalLifecycleStatus.Cancelled;
        Assert.Equal(
            ["Goal", "Goal.statusDate"], await RunningIps.Faults(await ips.Put(wish), HttpStatusCode.BadRequest));
        wish.Description.Text = "Leipomotyö";
        wish.StatusDate = "2026-11-24";
        Assert.Equal(["Goal.statusDate"], await RunningIps.Faults(await ips.Put(wish), HttpStatusCode.BadRequest));
        wish.StatusDate = "2026-11-02";
        await RunningIps.Read<Goal>(await ips.Put(wish), HttpStatusCode.OK);
        Assert.Equal(["Goal"], await RunningIps.Faults(await ips.Put(wish), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Every_fault_of_a_wish_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var wish = Recorded.Wish(await Life.Enter(ips, "2026-10-01"), "2026-11", "market");
        wish.LifecycleStatus = GoalLifecycleStatus.OnHold;
        wish.Description!.Text = null;
        wish.Description.Coding[0].System = null;
        wish.ExpressedBy = null;
        Assert.Equal(
            [
                "Goal.category", "Goal.description.coding", "Goal.description.text", "Goal.expressedBy",
                "Goal.lifecycleStatus", "Goal.start",
            ],
            await RunningIps.Faults(await ips.Post("Goal", wish), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Counselling_has_a_day_and_who_gave_it_and_is_only_withdrawn()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        var given = await Created(ips, Recorded.Counselling(episode, "2026-10-05"));
        given.Performed = new FhirDateTime("2026-10-06");
        Assert.Equal(["Procedure"], await RunningIps.Faults(await ips.Put(given), HttpStatusCode.BadRequest));
        given.Performed = new FhirDateTime("2026-10-05");
        given.Status = EventStatus.EnteredInError;
        await RunningIps.Read<Procedure>(await ips.Put(given), HttpStatusCode.OK);

        var bad = Recorded.Counselling(episode, "2026-11-24");
        bad.Status = EventStatus.Preparation;
        bad.Code = new CodeableConcept("urn:any", "therapy");
        bad.Performer.Clear();
        bad.Subject = new ResourceReference("Organization/ips-unit-pirkanmaa");
        Assert.Equal(
            [
                "Procedure.code", "Procedure.performed", "Procedure.performer", "Procedure.status", "Procedure.subject",
                "Procedure.subject",
            ],
            await RunningIps.Faults(await ips.Post("Procedure", bad), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Nothing_is_recorded_for_a_person_without_an_open_case()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        await Life.Changed(ips, one => one.Finish("client-wish", "2026-11-20"));
        Resource[] facts =
        [
            Recorded.Profile(episode, "2026-11-20"), Recorded.Wish(episode, "2026-11-20"),
            Recorded.Counselling(episode, "2026-11-20"), Recorded.Education(episode, "2026-11-20"),
            Asked.Answer(episode, "2026-11-20T09:00:00+02:00"),
        ];
        foreach (var fact in facts)
            Assert.Single(await RunningIps.Faults(
                await ips.Post(fact.TypeName, fact), HttpStatusCode.UnprocessableEntity));
    }

    private static async Task<T> Created<T>(RunningIps ips, T resource) where T : Resource =>
        await RunningIps.Read<T>(await ips.Post(resource.TypeName, resource), HttpStatusCode.Created);
}
