using Fhir;
using Messages;

namespace System.Tests.MainJob;

/// <summary>The third promise: the coach's updates reach the care team, and occupational health only by consent.</summary>
public sealed class EmploymentTests
{
    [Fact]
    public async Task Without_consent_the_care_plan_side_shows_nothing()
    {
        await using var box = await WithCase();
        await using var region = await TestRegion.Join(box, "endpoint-08");
        await box.Client.Answer(Client.Ips, Examples.Text("10a-"));
        await box.Client.Answer(Client.Ips, Examples.Text("10b-"));
        await region.Gets(Events.EmploymentStatusUpdate, 2);
        await Task.Delay(500);
        Assert.Empty((await Statuses(box)).Entry);
    }

    [Fact]
    public async Task Under_consent_the_care_plan_side_shows_the_new_status()
    {
        await using var box = await WithCase();
        Assert.True((await box.Client.Post($"{Client.Ips}/Consent", Examples.Text("11-"))).IsSuccessStatusCode);
        await box.Client.Answer(Client.Ips, Examples.Text("10a-"));
        await box.Client.Answer(Client.Ips, Examples.Text("10b-"));
        for (var i = 0; i < 400 && (await Statuses(box)).Entry.Count < 2; i++) await Task.Delay(25);
        var shown = (await Statuses(box)).All<Observation>().ToList();
        Assert.Equal(2, shown.Count);
        var plan = (await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/CarePlan")).All<CarePlan>().Single();
        var newest = shown.Single(status => status.Value is CodeableConcept value
            && value.Has(Systems.EmploymentStatus, "Unemployed"));
        Assert.Contains(plan.SupportingInfo, info => info.Reference == $"Observation/{newest.Id}");
    }

    [Fact]
    public async Task A_new_status_closes_the_former_and_the_case_stays_open()
    {
        await using var box = await WithCase();
        foreach (var update in (string[])["10a-", "10b-", "10c-"])
            await box.Client.Answer(Client.Ips, Examples.Text(update));
        var statuses = (await box.Client.Get<Bundle>($"{Client.Ips}/Observation?code=74165-2")).All<Observation>()
            .Select(status => (Period)status.Effective!).OrderBy(period => period.Start).ToList();
        Assert.Equal(3, statuses.Count);
        Assert.All(statuses.SkipLast(1), period => Assert.NotNull(period.End));
        Assert.Null(statuses[^1].End);
        var cases = (await box.Client.Get<Bundle>($"{Client.Ips}/EpisodeOfCare")).All<EpisodeOfCare>();
        Assert.Equal(EpisodeOfCareStatus.Active, Assert.Single(cases).Status);
    }

    // The same person has a care plan in occupational health (07) and a coach (09).
    private static async Task<RunningBox> WithCase()
    {
        var box = await RunningBox.Start();
        await box.Client.Answer(Client.OccupationalHealth, Examples.Text("07-"));
        await box.Client.Answer(Client.Ips, Examples.Text("09-"));
        return box;
    }

    private static Task<Bundle> Statuses(RunningBox box) =>
        box.Client.Get<Bundle>($"{Client.OccupationalHealth}/Observation?code=74165-2");
}
