using Fhir;

namespace System.Tests.MainJob;

/// <summary>The first promise: where care is given follows from need, situation and contract, and every reason is said.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task A_preventive_contract_places_the_care_in_the_region_and_names_the_reasons()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("01-"));
        Assert.Equal("region-primary-care", answer.CarePlace());
        Assert.Contains(answer.Reasons(), reason => reason.Code == "preventive-only");
        Assert.All(answer.Reasons(), reason => Assert.Equal(3, reason.Languages));
    }

    [Fact]
    public async Task The_same_facts_with_medical_care_in_the_contract_stay_in_occupational_health_without_a_handoff()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(
            Client.OccupationalHealth, Examples.Confirmed("02-"));
        Assert.Equal("occupational-health", answer.CarePlace());
        Assert.Equal("plan", answer.PlanIntent());
        await Task.Delay(500);
        Assert.Equal(0, await box.Outbox());
        Assert.Empty(await box.Client.Mailbox("07"));
    }

    [Theory]
    [InlineData("01-")]
    [InlineData("02-")]
    public async Task The_follow_up_of_the_ability_to_work_is_owned_by_occupational_health_wherever_care_is(string example)
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text(example));
        var followUp = Assert.Single(answer.Tasks("work-ability-follow-up"));
        Assert.Equal("oh-provider-a", answer.OwnerOf(followUp));
    }

    [Fact]
    public async Task Without_occupational_health_the_region_owns_the_follow_up()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("08-"));
        var followUp = Assert.Single(answer.Tasks("work-ability-follow-up"));
        Assert.Equal("09", answer.OwnerOf(followUp));
    }

    [Fact]
    public async Task Unconfirmed_nothing_leaves_and_confirmed_the_handoff_does()
    {
        await using var box = await RunningBox.Start();
        var proposed = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("01-"));
        Assert.Equal("proposal", proposed.PlanIntent());
        Assert.Equal(0, await box.Outbox());
        Assert.Empty(await box.Client.Mailbox("07"));

        var confirmed = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("01c-"));
        Assert.Equal("plan", confirmed.PlanIntent());
        var handoff = Assert.Single(await box.Client.Mailbox("07", expected: 1));
        Assert.Equal("handoff-request", ((Coding)((MessageHeader)handoff.Entry[0].Resource!).Event!).Code);
    }

    [Fact]
    public async Task A_handoff_holds_no_employer_and_no_contract()
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.OccupationalHealth, Examples.Text("03-"));
        var handoff = Assert.Single(await box.Client.Mailbox("09", expected: 1));
        var text = Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Write(handoff));
        Assert.DoesNotContain("employer", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("työnantaja", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(handoff.Entry, entry => entry.Resource is Coverage or Contract);
    }

    [Fact]
    public async Task An_emergency_leaves_at_once_and_shows_the_emergency_numbers()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("05-"));
        Assert.Equal("emergency-care", answer.CarePlace());
        var text = Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Write(answer));
        Assert.Contains("112", text, StringComparison.Ordinal);
        Assert.Contains("116117", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safety_flag_opens_a_review_the_same_day_and_delays_nothing()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("06-"));
        var review = Assert.Single(answer.Tasks("safety-review"));
        Assert.NotNull(review.Owner);
        Assert.NotNull(review.Restriction!.Period!.End);
        Assert.NotEqual("emergency-care", answer.CarePlace());
    }

    [Fact]
    public async Task Work_related_strain_is_assessed_at_the_workplace_on_a_preventive_contract_too()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("04-"));
        Assert.Equal("oh-provider-a", answer.OwnerOf(Assert.Single(answer.Tasks("workplace-assessment"))));
    }

    [Fact]
    public async Task A_prolonged_problem_is_level_4_and_gets_a_specialist_assessment()
    {
        await using var box = await RunningBox.Start();
        var answer = await box.Client.Answer(Client.OccupationalHealth, Examples.Text("07-"));
        Assert.Equal("level-4", answer.Level());
        Assert.Single(answer.Tasks("specialist-assessment"));
    }
}
