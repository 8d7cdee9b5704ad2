using System.Net;
using Fhir;
using Messages;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>The same status by message and by REST (IHE ODH profile).</summary>
public sealed class EmploymentStatusDoorsTests
{
    private static readonly (string Start, string Status)[] Life =
        [("2025-03-01", "Unemployed"), ("2026-10-12", "Employed"), ("2026-11-16", "NotInLaborForce")];

    private static readonly string[] History =
        ["Unemployed 2025-03-01..2026-10-11", "Employed 2026-10-12..2026-11-15", "NotInLaborForce 2026-11-16.."];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_doors_give_the_same_history_and_close_the_former_period(bool byMessage)
    {
        await using var ips = await WithCase();
        foreach (var (start, status) in Life)
            Assert.True((await Report(ips, byMessage, start, status)).IsSuccessStatusCode);
        Assert.Equal(History, await HistoryOf(ips));
        var stored = await ips.All<Observation>();
        Assert.All(stored, status => Assert.Equal(ObservationStatus.Final, status.Status));
        Assert.Equal(3, stored.Select(status => status.Id).Distinct().Count());
        Assert.Equal(3, (await ips.Outbox()).Count);
    }

    [Fact]
    public async Task One_history_is_fed_by_both_doors()
    {
        await using var ips = await WithCase();
        for (var i = 0; i < Life.Length; i++)
            Assert.True((await Report(ips, i % 2 == 0, Life[i].Start, Life[i].Status)).IsSuccessStatusCode);
        Assert.Equal(History, await HistoryOf(ips));
    }

    [Theory]
    [InlineData("Employed", true)]
    [InlineData("Employed", false)]
    [InlineData("Unemployed", true)]
    [InlineData("Unemployed", false)]
    [InlineData("NotInLaborForce", true)]
    [InlineData("NotInLaborForce", false)]
    public async Task The_case_stays_open_whatever_the_status(string status, bool byMessage)
    {
        await using var ips = await WithCase();
        await Report(ips, byMessage, "2026-11-01", status);
        var episode = (await ips.All<EpisodeOfCare>()).Single();
        Assert.Equal(EpisodeOfCareStatus.Active, episode.Status);
        Assert.Null(episode.Period!.End);
        Assert.Equal("1", episode.Meta!.VersionId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_status_that_is_known_changes_nothing_and_is_answered_with_what_is_stored(bool byMessage)
    {
        await using var ips = await WithCase();
        await Report(ips, !byMessage, "2026-10-12", "Employed");
        var again = await Report(ips, byMessage, "2026-10-12", "Employed");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var stored = Assert.Single(await ips.All<Observation>());
        Assert.Contains(stored.Id!, await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(await ips.Outbox());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_times_at_once_has_one_effect(bool byMessage)
    {
        await using var ips = await WithCase();
        await Report(ips, true, "2025-03-01", "Unemployed");
        var message = Given.StatusUpdate("2026-10-12");
        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => byMessage
            ? ips.Send(message) : ips.Post("Observation", Given.Status("2026-10-12"))));
        Assert.All(responses, response => Assert.True(response.IsSuccessStatusCode));
        Assert.Equal(["Unemployed 2025-03-01..2026-10-11", "Employed 2026-10-12.."], await HistoryOf(ips));
        Assert.Equal(2, (await ips.Outbox()).Count);
    }

    [Theory]
    [InlineData(true, "Bundle.entry[1].resource")]
    [InlineData(false, "Observation")]
    public async Task Every_fault_of_a_status_is_listed_with_its_place(bool byMessage, string path)
    {
        await using var ips = await WithCase();
        var message = Given.StatusUpdate("2026-10");
        var status = byMessage ? message.Only<Observation>() : Given.Status("2026-10");
        status.Meta = null;
        status.Status = ObservationStatus.Preliminary;
        status.Category.Clear();
        status.Code = new CodeableConcept(Systems.Loinc, "21843-8");
        ((Period)status.Effective!).End = "2026-11";
        status.Value = new CodeableConcept(Systems.EmploymentStatus, "Retired");
        status.Subject = null;
        var industry = new CodeableConcept(Systems.Loinc, "86188-0");
        status.Component.Add(new Observation.ComponentComponent { Code = industry });
        var response = byMessage ? await ips.Send(message) : await ips.Post("Observation", status);
        string[] places =
        [
            "category", "code", "component", "effective.end", "effective.start", "meta.profile", "status", "subject",
            "value",
        ];
        Assert.Equal(
            places.Select(place => $"{path}.{place}"), await RunningIps.Faults(response, HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Observation>());
    }

    [Fact]
    public async Task A_point_in_time_and_a_number_are_not_a_status()
    {
        await using var ips = await WithCase();
        var status = Given.Status("2026-10-12");
        (status.Effective, status.Value) = (new FhirDateTime("2026-10-12"), new FhirString("Employed"));
        Assert.Equal(
            ["Observation.effective", "Observation.value"],
            await RunningIps.Faults(await ips.Post("Observation", status), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("2026-11-24", "Unemployed", HttpStatusCode.BadRequest)]
    [InlineData("2026-10-12", "Unemployed", HttpStatusCode.Conflict)]
    public async Task A_status_that_cannot_be_is_refused_alike_by_both_doors(
        string start, string status, HttpStatusCode expected)
    {
        await using var ips = await WithCase();
        await Report(ips, true, "2026-10-12", "Employed");
        Assert.Equal(
            ["Bundle.entry[1].resource.effective.start"],
            await RunningIps.Faults(await Report(ips, true, start, status), expected));
        Assert.Equal(
            ["Observation.effective.start"],
            await RunningIps.Faults(await Report(ips, false, start, status), expected));
        Assert.Equal(["Employed 2026-10-12.."], await HistoryOf(ips));
        Assert.Single(await ips.Outbox());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_status_that_arrives_late_takes_its_days_and_is_told(bool byMessage)
    {
        await using var ips = await WithCase();
        foreach (var (start, status) in new[] { Life[2], Life[0], Life[1] })
            Assert.True((await Report(ips, byMessage, start, status)).IsSuccessStatusCode);
        Assert.Equal(History, await HistoryOf(ips));
        Assert.Equal(3, (await ips.Outbox()).Count);
    }

    [Theory]
    [InlineData("2026-10-11T21:00:00Z")]
    [InlineData("2026-10-12T00:00:00+03:00")]
    [InlineData("2026-10-12T15:30:00+03:00")]
    public async Task A_time_means_its_day_in_Finland(string start)
    {
        await using var ips = await WithCase();
        await Report(ips, false, "2025-03-01", "Unemployed");
        await Report(ips, false, start, "Employed");
        Assert.Equal("Unemployed 2025-03-01..2026-10-11", (await HistoryOf(ips))[0]);
    }

    [Theory]
    [InlineData(true, "Bundle.entry[1].resource.subject")]
    [InlineData(false, "Observation.subject")]
    public async Task A_person_without_a_case_is_refused_with_the_remedy(bool byMessage, string place)
    {
        await using var ips = await RunningIps.Start();
        var response = await Report(ips, byMessage, "2026-10-12", "Employed");
        Assert.Equal([place], await RunningIps.Faults(response, HttpStatusCode.UnprocessableEntity));
        Assert.Contains("coaching-request", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await ips.All<Observation>());
        Assert.Empty(await ips.All<Patient>());
    }

    [Fact]
    public async Task A_status_entered_in_error_gives_its_time_back_to_the_former()
    {
        await using var ips = await WithCase();
        foreach (var (start, status) in Life) await Report(ips, true, start, status);
        var wrong = (await ips.All<Observation>()).Single(status => Value(status) == "NotInLaborForce");
        wrong.Status = ObservationStatus.EnteredInError;
        Assert.Equal(HttpStatusCode.OK, (await ips.Put(wrong)).StatusCode);
        Assert.Equal(["Unemployed 2025-03-01..2026-10-11", "Employed 2026-10-12.."], await HistoryOf(ips));
        Assert.Equal(ObservationStatus.EnteredInError, (await ips.Outbox())[^1].Bundle.Only<Observation>().Status);

        var anew = await Report(ips, false, Life[^1].Start, Life[^1].Status);
        Assert.Equal(HttpStatusCode.Created, anew.StatusCode);
        Assert.Equal(History, await HistoryOf(ips));
    }

    [Fact]
    public async Task A_stored_status_is_withdrawn_newest_first_and_never_rewritten()
    {
        await using var ips = await WithCase();
        foreach (var (start, status) in Life) await Report(ips, true, start, status);
        var old = (await ips.All<Observation>()).Single(status => Value(status) == "Unemployed");
        old.Status = ObservationStatus.EnteredInError;
        Assert.Equal(
            ["Observation.status"], await RunningIps.Faults(await ips.Put(old), HttpStatusCode.Conflict));
        old.Value = new CodeableConcept(Systems.EmploymentStatus, "Employed");
        Assert.Equal(["Observation"], await RunningIps.Faults(await ips.Put(old), HttpStatusCode.BadRequest));
        Assert.Equal(History, await HistoryOf(ips));
    }

    [Fact]
    public async Task A_reason_that_takes_something_back_is_not_of_this_event()
    {
        await using var ips = await WithCase();
        var message = Given.StatusUpdate("2026-10-12");
        message.MessageHeader().Reason = new CodeableConcept(Systems.MessageReason, Reasons.Cancel);
        message.MessageHeader().Focus.Clear();
        Assert.Equal(
            ["Bundle.entry[0].resource.focus", "Bundle.entry[0].resource.reason"],
            await RunningIps.Faults(await ips.Send(message), HttpStatusCode.BadRequest));
    }

    private static async Task<RunningIps> WithCase()
    {
        var ips = await RunningIps.Start();
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        return ips;
    }

    private static Task<HttpResponseMessage> Report(RunningIps ips, bool byMessage, string start, string status) =>
        byMessage ? ips.Send(Given.StatusUpdate(start, status)) : ips.Post("Observation", Given.Status(start, status));

    private static async Task<IReadOnlyList<string>> HistoryOf(RunningIps ips) =>
        [.. (await ips.All<Observation>()).Where(status => status.Status != ObservationStatus.EnteredInError)
            .Select(status => (Value: Value(status), Period: (Period)status.Effective!))
            .OrderBy(status => status.Period.Start, StringComparer.Ordinal)
            .Select(status => $"{status.Value} {status.Period.Start}..{status.Period.End}")];

    private static string Value(Observation status) => ((CodeableConcept)status.Value!).Coding.Single().Code!;
}
