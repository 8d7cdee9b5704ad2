using Fhir;
using Messages;

namespace OccupationalHealth.Tests.WorkAbility;

/// <summary>The clocks of the law: domain rows 16 and 18, counted from 20 November 2026.</summary>
public sealed class CareDeadlineTests : IAsyncLifetime
{
    private readonly OccupationalHealthApplication app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    // From 23 three months; under 23 14 days, and 28 days for the therapy that was asked for.
    [Theory]
    [InlineData("1994-05-01", "2027-02-20", "access-to-care")]
    [InlineData("2004-05-01", "2026-12-04", "access-to-care")]
    [InlineData("2004-05-01", "2026-12-18", "access-to-care,therapy-guarantee")]
    public async Task A_clock_that_passes_becomes_a_Task_of_the_unit_that_referred(
        string born, string lastDay, string passed)
    {
        var message = Referral(born);
        await Confirmed(message);
        await TurnTo(lastDay, "21:59:58");
        var before = await Passed(message);
        await TurnTo(lastDay, "22:00:01");

        var tasks = await Passed(message);
        Assert.Equal(passed, string.Join(',', tasks.Select(task => task.Code!.Coding[1].Code).Order()));
        Assert.Equal(before.Count + 1, tasks.Count);
        Assert.All(tasks, task => Assert.Equal("oh-provider-a", task.Owner!.Identifier!.Value));
        Assert.All(tasks, task => Assert.Equal(2, task.DescriptionElement!.Extension.Count));
    }

    [Fact]
    public async Task A_clock_is_silent_when_care_began_in_time_also_after_a_restart()
    {
        var message = Referral("1994-05-01");
        await Confirmed(message);
        foreach (var example in (string[])["12a", "12b"])
            await app.Deliver<HandoffResponse>(Response(example, message));
        await app.Restart();
        await TurnTo("2027-02-20", "23:00:00");

        Assert.Empty(await Passed(message));
    }

    [Fact]
    public async Task A_recorded_medical_exception_stops_the_therapy_guarantee_and_not_access_to_care()
    {
        var message = Referral("2004-05-01");
        await Confirmed(message);
        var response = Response("12a", message);
        response.All<FhirTask>().Single().Output.Add(new FhirTask.OutputComponent
        {
            Type = new CodeableConcept(Systems.TaskOutput, "medical-exception"), Value = new FhirBoolean(true),
        });
        await app.Deliver<HandoffResponse>(response);
        await app.Restart();
        await TurnTo("2026-12-18", "23:00:00");

        Assert.Equal("access-to-care", Assert.Single(await Passed(message)).Code!.Coding[1].Code);
    }

    private async Task Confirmed(Bundle referral)
    {
        await app.Send(referral);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.Send(Example.Confirmation(referral))).Status);
    }

    // KLT in the region's primary care.
    private static Bundle Referral(string born)
    {
        var message = Example.Fresh("01", Example.NewPerson());
        message.All<Patient>().Single().BirthDate = born;
        return message;
    }

    private static Bundle Response(string example, Bundle referral)
    {
        var response = Example.Referral(example).Renew();
        var (task, sent) = (response.All<FhirTask>().Single(), referral.All<FhirTask>().Single());
        (task.Identifier, task.GroupIdentifier) = (sent.Identifier, sent.GroupIdentifier);
        return response;
    }

    private async Task TurnTo(string day, string utc)
    {
        app.Time.Advance(DateTimeOffset.Parse($"{day}T{utc}Z", System.Globalization.CultureInfo.InvariantCulture)
            - app.Time.GetUtcNow());
        await app.RunTimers();
    }

    private async Task<IReadOnlyList<FhirTask>> Passed(Bundle message) =>
        [.. (await app.Search<FhirTask>($"Task?group-identifier={Systems.Journey}|{message.Journey()}"))
            .Where(task => task.Code!.Has(Systems.TaskKind, TaskKinds.DeadlinePassed))];
}
