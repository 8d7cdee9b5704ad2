using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>Pages of a search, their links, and what a search refuses.</summary>
[Collection(StoreCollection.Name)]
public sealed class SearchPageTests(StoreServer server)
{
    private const string Code = "010594Y9032";
    private readonly StoreClient client = server.NewTenant();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Paging_gives_each_match_once_though_others_are_stored_meanwhile(int count)
    {
        var expected = await Patients(7);
        foreach (var (sort, order) in (IEnumerable<(string, IEnumerable<string?>)>)
            [("-_lastUpdated", expected.AsEnumerable().Reverse()), ("_lastUpdated", expected)])
        {
            var seen = new List<string?>();
            var before = (await client.Find("Patient?_count=1000")).ToHashSet();
            var next = $"Patient?_count={count}&_sort={sort}&active=true";
            for (var pages = 0; next is not null; pages++)
            {
                Assert.InRange(pages, 0, 50);
                var page = await RunningServices.Read<Bundle>(await client.Get(next));
                Assert.InRange(page.Entry.Count, 0, count);
                seen.AddRange(StoreClient.Ids(page).Where(before.Contains));
                next = Link(page, "next");
                if (seen.Count < before.Count) await Patients(2);
                else if (sort == "_lastUpdated") break;
            }

            Assert.Equal(order, seen.Where(expected.Contains));
            Assert.Equal(before.Count, seen.Count);
        }
    }

    [Fact]
    public async Task Matches_that_were_stored_at_the_same_moment_are_paged_too()
    {
        var expected = await server.Services.Store.Write(async session =>
        {
            var ids = new List<string?>();
            for (var i = 0; i < 5; i++)
                ids.Add((await session.Resources.Create(new(client.Tenant, client.Organisation), Anyone())).Id!);
            return ids;
        }, CancellationToken.None);
        var first = await RunningServices.Read<Bundle>(await client.Get("Patient?_count=2"));
        var second = await RunningServices.Read<Bundle>(await client.Get(Link(first, "next")!));
        var third = await RunningServices.Read<Bundle>(await client.Get(Link(second, "next")!));
        Assert.Null(Link(third, "next"));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            ((Bundle[])[first, second, third]).SelectMany(StoreClient.Ids).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("_count=0", 0, 3L)]
    [InlineData("_summary=count", 0, 3L)]
    [InlineData("_summary=count&active=false", 0, 0L)]
    [InlineData("_count=2", 2, null)]
    [InlineData("_count=2&_total=accurate", 2, 3L)]
    [InlineData("_count=2&_total=none", 2, null)]
    [InlineData("_count=1000000000", 3, null)]
    [InlineData("_count=99999999999999999999", 3, null)]
    [InlineData("_count=2&_count=1", 1, null)]
    [InlineData("_summary=false", 3, null)]
    [InlineData("_format=json", 3, null)]
    public async Task Page_sizes_and_totals_are_as_asked(string parameters, int entries, long? total)
    {
        await Patients(3);
        var page = await RunningServices.Read<Bundle>(await client.Get($"Patient?{parameters}"));
        Assert.Equal(BundleType.Searchset, page.Type);
        Assert.Equal(entries, page.Entry.Count);
        Assert.Equal(total, page.Total);
        Assert.All(page.Entry, entry => Assert.Equal(SearchEntryMode.Match, entry.Search!.Mode));
        Assert.All(page.Entry, entry => Assert.Equal($"{client.Root}/Patient/{entry.Resource!.Id}", entry.FullUrl));
    }

    [Theory]
    [InlineData("_count=-1", "http._count", IssueType.Value)]
    [InlineData("_count=ten", "http._count", IssueType.Value)]
    [InlineData("_count=1e9", "http._count", IssueType.Value)]
    [InlineData("_count=", "http._count", IssueType.Value)]
    [InlineData("_sort=family", "http._sort", IssueType.Value)]
    [InlineData("_total=some", "http._total", IssueType.Value)]
    [InlineData("_summary=true", "http._summary", IssueType.Value)]
    [InlineData("_after=nonsense", "http._after", IssueType.Value)]
    [InlineData("_after=MTIzfDwtLT4", "http._after", IssueType.Value)]
    [InlineData("_sealed=nonsense", "http._sealed", IssueType.Value)]
    [InlineData("_include=Task:owner", "http._include", IssueType.NotSupported)]
    [InlineData("_include=Patient:family", "http._include", IssueType.NotSupported)]
    [InlineData("_include=Patient", "http._include", IssueType.NotSupported)]
    [InlineData("_include=Patient:general-practitioner:Task", "http._include", IssueType.NotSupported)]
    [InlineData("_include:iterate=Patient:link", "http._include:iterate", IssueType.NotSupported)]
    [InlineData("_revinclude=Task:owner:Task", "http._revinclude", IssueType.NotSupported)]
    [InlineData("_revinclude=Encounter:patient", "http._revinclude", IssueType.NotSupported)]
    [InlineData("_revinclude=*", "http._revinclude", IssueType.NotSupported)]
    [InlineData("_revinclude=Task:*", "http._revinclude", IssueType.NotSupported)]
    [InlineData("_has:Encounter:patient:status=planned", "http._has:Encounter:patient:status", IssueType.NotSupported)]
    [InlineData("_has:Task:status:status=requested", "http._has:Task:status:status", IssueType.NotSupported)]
    [InlineData("_has:Task:patient=requested", "http._has:Task:patient", IssueType.NotSupported)]
    [InlineData("_has:Task:patient:owner.name=x", "http._has:Task:patient:owner.name", IssueType.NotSupported)]
    [InlineData("organization.familly=x", "http.organization.familly", IssueType.NotSupported)]
    [InlineData("organization:Patient.name=x", "http.organization:Patient.name", IssueType.NotSupported)]
    [InlineData("organization.partof.name=x", "http.organization.partof.name", IssueType.NotSupported)]
    [InlineData("family.name=x", "http.family.name", IssueType.NotSupported)]
    [InlineData("organization.name=", "http.organization.name", IssueType.Value)]
    [InlineData("familly=x", "http.familly", IssueType.NotSupported)]
    [InlineData("Family=x", "http.Family", IssueType.NotSupported)]
    [InlineData("%3Cscript%3E=x", "http.name", IssueType.NotSupported)]
    [InlineData("family:sounds=x", "http.family:sounds", IssueType.NotSupported)]
    [InlineData("family:missing=maybe", "http.family:missing", IssueType.Value)]
    [InlineData("active:exact=true", "http.active:exact", IssueType.NotSupported)]
    [InlineData("organization:Patient=x", "http.organization:Patient", IssueType.NotSupported)]
    [InlineData("family:identifier=x", "http.family:identifier", IssueType.NotSupported)]
    [InlineData("organization=a/b/c", "http.organization", IssueType.Value)]
    [InlineData("organization=", "http.organization", IssueType.Value)]
    [InlineData("family=", "http.family", IssueType.Value)]
    [InlineData("family=a%00b", "http.family", IssueType.Value)]
    [InlineData("active=,true", "http.active", IssueType.Value)]
    [InlineData("birthdate=g", "http.birthdate", IssueType.Value)]
    [InlineData("birthdate=ge", "http.birthdate", IssueType.Value)]
    [InlineData("birthdate=xx2026", "http.birthdate", IssueType.Value)]
    [InlineData("birthdate=2026-13-01", "http.birthdate", IssueType.Value)]
    [InlineData("birthdate=1.5.2026", "http.birthdate", IssueType.Value)]
    [InlineData("birthdate=2026-05-01,", "http.birthdate", IssueType.Value)]
    public async Task What_a_search_does_not_understand_is_refused_by_name(
        string parameters, string expression, IssueType type)
    {
        var issues = await StoreClient.Refused(
            await client.Get($"Patient?{parameters}"), 400, "REC_BAD_REQUEST", type);
        Assert.Equal(expression, issues.Single().Expression.Single());
    }

    [Theory]
    [InlineData("birthdate=0001-01-01")]
    [InlineData("birthdate=le9999-12-31")]
    [InlineData("birthdate=9999-12-31T23:59:59-14:00")]
    [InlineData("birthdate=0001-01-01T00:00")]
    [InlineData("birthdate=2016-12-31T23:59:60Z")]
    [InlineData("family=%F0%9F%98%80")]
    [InlineData("identifier=a|b|c")]
    [InlineData("family=\\")]
    public async Task Strange_values_find_nothing_and_break_nothing(string parameters) =>
        Assert.Empty(await client.Find($"Patient?{parameters}"));

    [Fact]
    public async Task All_faults_of_a_search_are_listed()
    {
        var issues = await StoreClient.Refused(
            await client.Get("Patient?familly=x&birthdate=soon&_count=no"),
            400, "REC_BAD_REQUEST", IssueType.NotSupported);
        Assert.Equal(["http.familly", "http.birthdate", "http._count"], issues.SelectMany(issue => issue.Expression));
    }

    [Fact]
    public async Task Leniently_what_is_unknown_is_left_out_and_the_self_link_tells_so()
    {
        await Patients(2);
        var response = await client.Get(
            "Patient?active=true&familly=x&_has:Encounter:patient:status=planned&_count=5", ("Prefer", "handling=lenient"));
        var page = await RunningServices.Read<Bundle>(response);
        Assert.Equal(2, page.Entry.Count);
        Assert.Equal($"{client.Root}/Patient?active=true&_count=5", Link(page, "self"));
        await StoreClient.Refused(
            await client.Get("Patient?_sealed=nonsense", ("Prefer", "handling=lenient")),
            400, "REC_BAD_REQUEST", IssueType.Value);
    }

    [Fact]
    public async Task Repeated_parameters_all_hold_and_commas_are_alternatives()
    {
        var both = await client.Stored(new Patient { Name = [new HumanName { Given = ["Aino", "Maria"] }] });
        await client.Stored(new Patient { Name = [new HumanName { Given = ["Aino"] }] });
        Assert.Equal([both.Id], await client.Find("Patient?given=Aino&given=Maria"));
        Assert.Equal(2, (await client.Find("Patient?given=Aino,Maria")).Count);
    }

    [Fact]
    public async Task More_than_the_database_can_take_is_refused()
    {
        var values = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"x{i}"));
        var parameters = string.Join('&', Enumerable.Range(0, 60).Select(_ => "active=true"));
        foreach (var form in (string[])[$"_id={values}", parameters])
        {
            await StoreClient.Refused(
                await client.PostSearch("Patient", form), 400, "REC_BAD_REQUEST", IssueType.TooCostly);
        }

        foreach (var parameter in (string[])["_id", "family", "organization", "_profile"])
        {
            var many = string.Join(',', Enumerable.Range(0, 60).Select(i => $"x{i}"));
            Assert.Empty(await client.FindByPost("Patient", $"{parameter}={many}"));
        }

        var most = string.Join(',', Enumerable.Range(0, 499).Select(i => $"x{i}"));
        Assert.Empty(await client.FindByPost("Patient", $"_id={most}"));
        Assert.Empty(await client.FindByPost("Patient", $"family={most}"));
    }

    [Theory]
    [InlineData("Patient?identifier=urn:oid:1.2.246.21|010594Y9032")]
    [InlineData("Patient?identifier=010594Y9032")]
    [InlineData("Patient?identifier=x,010594-903c")]
    [InlineData("Patient?identifier=urn:oid:1.2.246.21|")]
    [InlineData("Patient?unknown=010594Y9032")]
    [InlineData("Patient?010594Y9032=x")]
    [InlineData("Condition?code=http://hl7.org/fhir/sid/icd-10|F32")]
    [InlineData("ServiceRequest?code=F32")]
    [InlineData("Observation?value-concept=F32")]
    [InlineData("Patient?_has:Condition:patient:code=F32")]
    [InlineData("Observation?based-on:ServiceRequest.code=F32")]
    [InlineData("Task?patient.identifier=010594Y9032")]
    [InlineData("Task?patient:identifier=010594Y9032")]
    public async Task What_names_a_person_or_a_diagnosis_is_searched_by_POST_only(string search)
    {
        foreach (var prefer in (string[])["handling=strict", "handling=lenient"])
        {
            var response = await client.Get(search, ("Prefer", prefer));
            Assert.DoesNotContain("Y9032", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await StoreClient.Refused(response, 400, "REC_BAD_REQUEST", IssueType.BusinessRule);
        }

        var (type, query) = search.Split('?') is [var head, var tail] ? (head, tail) : ("", "");
        var mixed = await client.Send(HttpMethod.Post, $"{type}/_search?{query}");
        await StoreClient.Refused(mixed, 400, "REC_BAD_REQUEST", IssueType.BusinessRule);
    }

    [Fact]
    public async Task Links_of_a_search_by_POST_work_and_hold_nothing_in_clear()
    {
        var ids = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await client.Stored(new Patient
            {
                Identifier = [new Identifier(Systems.IdentityCode, Code)], Name = [new HumanName { Family = "Testinen" }],
            })).Id!);
        }

        var form = $"identifier={Systems.IdentityCode}%7C{Code}&family=Testinen&_count=2";
        var first = await RunningServices.Read<Bundle>(await client.PostSearch("Patient", form));
        Assert.Equal(2, first.Entry.Count);
        var next = Link(first, "next")!;
        foreach (var link in (string[])[next, Link(first, "self")!])
        {
            Assert.StartsWith($"{client.Root}/Patient?_sealed=", link, StringComparison.Ordinal);
            Assert.DoesNotContain("identifier", link, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("estinen", link, StringComparison.OrdinalIgnoreCase);
        }

        var second = await RunningServices.Read<Bundle>(await client.Get(next));
        Assert.Equal(ids.AsEnumerable().Reverse(), StoreClient.Ids(first).Concat(StoreClient.Ids(second)));
        Assert.StartsWith($"{client.Root}/Patient?_sealed=", Link(second, "self")!, StringComparison.Ordinal);
        Assert.Null(Link(second, "next"));
        var again = await RunningServices.Read<Bundle>(await client.Get(Link(first, "self")!));
        Assert.Equal(StoreClient.Ids(first), StoreClient.Ids(again));
        Assert.Empty((await RunningServices.Read<Bundle>(await server.NewTenant().Get(next))).Entry);
        foreach (var changed in (string[])[next[..^1], next + "&_count=1", next + "&_sealed=x"])
            await StoreClient.Refused(await client.Get(changed), 400, "REC_BAD_REQUEST", IssueType.Value);
    }

    private static string? Link(Bundle bundle, string relation) =>
        bundle.Link.SingleOrDefault(link => link.Relation == relation)?.Url;

    private async Task<List<string?>> Patients(int count)
    {
        var ids = new List<string?>();
        for (var i = 0; i < count; i++) ids.Add((await client.Stored(Anyone())).Id!);
        return ids;
    }

    private static Patient Anyone() => new() { Active = true };
}
