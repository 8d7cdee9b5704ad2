using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using IpsCoaching.Tests.Figures;

namespace IpsCoaching.Tests.Bulk;

/// <summary>What a unit takes out of its own cases, a resource a line.</summary>
public sealed class ExportCasesTests
{
    [Fact]
    public async Task All_resources_of_the_units_cases_come_once_each_and_nothing_of_other_units()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var own = Assert.Single(await ips.All<EpisodeOfCare>());
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        await ips.Post("Consent", Given.Consent());
        await ips.Post("Consent", Asked.Answer(own, "2026-11-23T09:00:00+02:00", Asked.Permit("contact")));
        await ips.Post("QuestionnaireResponse", Recorded.Profile(own, "2026-11-23"));
        await ips.Post("Goal", Recorded.Wish(own, "2026-11-23"));
        await ips.Post("Procedure", Recorded.Counselling(own, "2026-11-23"));
        await ips.Post("Encounter", Given.Contact(own, "2026-11-23"));
        await ips.Post("Observation", Given.Job("2026-11-23"));
        await ips.Store(new Organization { Id = "elsewhere", Name = "Another unit" });
        var other = Given.SelfReferral();
        other.ManagingOrganization = new ResourceReference("Organization/elsewhere");
        ((Patient)other.Contained.Single()).Identifier.Single().Value = "010594Y9032";
        await RunningIps.Read<EpisodeOfCare>(await ips.Post("EpisodeOfCare", other), HttpStatusCode.Created);

        var unit = own.ManagingOrganization!.Reference!;
        var (lines, type) = await Export(ips, unit);
        Assert.Equal("application/fhir+ndjson", type);
        var counts = lines.CountBy(one => one.TypeName).ToDictionary();
        Assert.Equal(
            (1, 1, 2, 2, 1, 1, 1, 1, 1),
            (counts["EpisodeOfCare"], counts["Patient"], counts["Observation"], counts["Consent"],
                counts["QuestionnaireResponse"], counts["Goal"], counts["Procedure"], counts["Encounter"],
                counts["Organization"]));
        Assert.Equal((await ips.All<FhirTask>()).Count, counts["Task"]);
        Assert.Equal(lines.Count, lines.DistinctBy(one => (one.TypeName, one.Id)).Count());
        Assert.Equal(own.Id, lines.OfType<EpisodeOfCare>().Single().Id);
        Assert.All((await Export(ips, unit, "?_type=Goal,Patient")).Lines, one => Assert.True(one is Goal or Patient));
        Assert.Single((await Export(ips, "Organization/elsewhere")).Lines.OfType<EpisodeOfCare>());
    }

    [Fact]
    public async Task A_person_who_came_back_comes_once_with_both_cases_and_what_hangs_on_each()
    {
        await using var ips = await RunningIps.Start();
        var former = await Life.Enter(ips, "2026-10-01");
        await ips.Post("Encounter", Given.Contact(former, "2026-10-05"));
        await ips.Post("Procedure", Recorded.Counselling(former, "2026-10-05"));
        await Life.Changed(ips, one => one.Finish("client-wish", "2026-10-31"));
        var anew = await Life.Enter(ips, "2026-11-16");
        await ips.Post("Encounter", Given.Contact(anew, "2026-11-20"));
        var (lines, _) = await Export(ips, "Organization/ips-unit-pirkanmaa");
        Assert.Equal(
            [
                "Encounter", "Encounter", "EpisodeOfCare", "EpisodeOfCare", "Organization", "Patient", "Practitioner",
                "PractitionerRole", "Procedure",
            ],
            lines.Select(one => one.TypeName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_cases_come_in_pages_and_what_was_stored_since_a_time_alone()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 5; i++) programme.Counselling(programme.Client("2026-10-01"), "2026-10-02");
        await programme.StoreIn(ips);
        ips.Clock.Go("2026-11-24");
        programme = new Programme();
        programme.Counselling(programme.Client("2026-11-24"), "2026-11-24");
        await programme.StoreIn(ips);

        using var client = ips.Connect();
        List<(string, string?)> all = [];
        var pages = 0;
        for (var next = $"Organization/{Programme.Unit}/$export?_count=4&_type=EpisodeOfCare,Procedure"; next is not null; pages++)
        {
            var response = await client.GetAsync(next);
            all.AddRange((await Read(response)).Select(one => (one.TypeName, one.Id)));
            next = response.Headers.TryGetValues("Link", out var links)
                ? links.Single()[1..^">; rel=\"next\"".Length]
                : null;
        }

        Assert.Equal(2, pages);
        Assert.Equal((6, 6), (all.Count(one => one.Item1 == "EpisodeOfCare"), all.Count(one => one.Item1 == "Procedure")));
        Assert.Equal(12, all.Distinct().Count());
        var (since, _) = await Export(ips, $"Organization/{Programme.Unit}", "?_since=2026-11-24&_count=1000");
        Assert.Equal(["EpisodeOfCare", "Patient", "Procedure"],
            since.Select(one => one.TypeName).Order(StringComparer.Ordinal));
        Assert.Equal(["http._after", "http._count", "http._since"], await RunningIps.Faults(await client.GetAsync(
            $"Organization/{Programme.Unit}/$export?_count=0&_since=eilen&_after=1"), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Who_took_out_a_units_cases_and_who_asked_for_a_coachs_list_is_on_record()
    {
        await using var ips = await RunningIps.Start();
        var own = await Life.Enter(ips, "2026-11-16");
        var unit = own.ManagingOrganization!.Reference!;
        await Export(ips, unit);
        using var client = ips.Connect();
        await client.GetAsync($"Practitioner/coach-kaisa/$caseload?team={unit}");
        foreach (var (entity, operation) in (IEnumerable<(string, string)>)
            [(unit, "$export"), ("Practitioner/coach-kaisa", "$caseload")])
        {
            var events = await RunningIps.Read<Bundle>(
                await client.GetAsync($"AuditEvent?entity={entity}"), HttpStatusCode.OK);
            Assert.Contains(events.Entry, one => ((AuditEvent)one.Resource!).Subtype.Single().Display == operation);
        }
    }

    [Fact]
    public async Task An_unknown_unit_type_or_form_is_refused_and_another_register_sees_nothing()
    {
        await using var ips = await RunningIps.Start();
        using var client = ips.Connect();
        const string Address = "Organization/ips-unit-pirkanmaa/$export";
        await RunningIps.Read<OperationOutcome>(
            await client.GetAsync("Organization/nowhere/$export"), HttpStatusCode.NotFound);
        Assert.Equal(
            ["http._type"],
            await RunningIps.Faults(await client.GetAsync(Address + "?_type=Binary"), HttpStatusCode.BadRequest));
        client.DefaultRequestHeaders.Add("Accept", "text/csv");
        await RunningIps.Read<OperationOutcome>(await client.GetAsync(Address), HttpStatusCode.NotAcceptable);
        client.DefaultRequestHeaders.Remove("Accept");
        client.DefaultRequestHeaders.Remove("omh-tenant");
        await RunningIps.Read<OperationOutcome>(await client.GetAsync(Address), HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Add("omh-tenant", "another");
        await RunningIps.Read<OperationOutcome>(await client.GetAsync(Address), HttpStatusCode.NotFound);
    }

    private static async Task<(List<Resource> Lines, string? Type)> Export(
        RunningIps ips, string unit, string query = "")
    {
        using var client = ips.Connect();
        client.DefaultRequestHeaders.Add("Accept", "application/fhir+ndjson");
        var response = await client.GetAsync($"{unit}/$export{query}");
        return (await Read(response), response.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<List<Resource>> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(HttpStatusCode.OK == response.StatusCode, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => FhirJson.Read(Encoding.UTF8.GetBytes(line)).Resource!)];
    }
}
