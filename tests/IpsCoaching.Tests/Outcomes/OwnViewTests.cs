using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using IpsCoaching.Tests.Figures;
using Messages;

namespace IpsCoaching.Tests.Outcomes;

/// <summary>What clients answer of their own life, through real requests.</summary>
public sealed class OwnViewTests
{
    [Fact]
    public async Task An_answer_is_recorded_and_withdrawn_but_not_rewritten()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        var view = await RunningIps.Read<Observation>(
            await ips.Post("Observation", View("wellbeing", 4, "2026-11-20")), HttpStatusCode.Created);
        view.Value = new Integer(5);
        Assert.Equal(["Observation"], await RunningIps.Faults(await ips.Put(view), HttpStatusCode.BadRequest));
        view.Value = new Integer(4);
        view.Status = ObservationStatus.EnteredInError;
        await RunningIps.Read<Observation>(await ips.Put(view), HttpStatusCode.OK);
        // It says nothing of work, so that nobody is told.
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task Every_fault_of_an_answer_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        var view = View("sleep", 6, "2026-11-24");
        view.Status = ObservationStatus.Preliminary;
        view.Performer.Clear();
        Assert.Equal(
            [
                "Observation.code", "Observation.effective", "Observation.performer", "Observation.status",
                "Observation.value",
            ],
            await RunningIps.Faults(await ips.Post("Observation", view), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["Observation.effective"],
            await RunningIps.Faults(
                await ips.Post("Observation", View("finances", 1, "2026-11-01")), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Observation>());
    }

    [Fact]
    public async Task A_person_without_an_open_case_is_not_asked()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Life.Changed(ips, episode => episode.Finish("client-wish", "2026-11-10"));
        await RunningIps.Read<OperationOutcome>(
            await ips.Post("Observation", View("wellbeing", 3, "2026-11-20")), HttpStatusCode.UnprocessableEntity);
    }

    // Newest answers 4 4 4 5 5 give 4.4; the first ones of the first four were 3 3 4 2 5, so the change of all is 1.
    [Fact]
    public async Task The_newest_answer_of_the_quarter_counts_and_how_far_it_is_from_the_first()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        var (first, newest) = (new[] { 3, 3, 4, 2, 5 }, new[] { 4, 4, 4, 5, 5 });
        for (var i = 0; i < 5; i++)
        {
            var client = programme.Client("2026-01-05");
            programme.OwnView(client, "2026-01-12", "wellbeing", first[i]);
            programme.OwnView(client, "2026-07-01", "wellbeing", 1);
            programme.OwnView(client, "2026-09-30", "wellbeing", newest[i]);
            programme.OwnView(client, "2026-10-01", "wellbeing", 1);
        }

        await programme.StoreIn(ips);
        var report = await ReportOutcomesTests.Report(ips, "2026-07-01", "2026-09-30");
        Assert.Equal(
            ["view-wellbeing 4.4 1 answers=5", "change-wellbeing 1 1 answers=5", "view-inclusion - answers=0"],
            report.Group.Skip(12).Take(3).Select(ReportOutcomesTests.Line));
    }

    private static Observation View(string question, int score, string day) => new()
    {
        Status = ObservationStatus.Final, Subject = Given.Person(), Effective = new FhirDateTime(day),
        Code = new CodeableConcept(Canonicals.CodeSystem("ips-own-view"), question), Value = new Integer(score),
        Performer = [new ResourceReference("PractitionerRole/coach-kaisa-role")],
    };
}
