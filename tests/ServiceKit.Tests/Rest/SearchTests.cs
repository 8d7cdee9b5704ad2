using Fhir;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/search.html, by kind of parameter.</summary>
[Collection(StoreCollection.Name)]
public sealed class SearchTests(StoreServer server)
{
    private const string System = "http://example.org/codes";
    private readonly StoreClient client = server.NewTenant();

    [Theory]
    [InlineData("code=http://example.org/codes|a", "coded")]
    [InlineData("code=http://example.org/codes%7Ca", "coded")]
    [InlineData("code=a", "coded,bare")]
    [InlineData("code=|a", "bare")]
    [InlineData("code=http://example.org/codes|", "coded,piped")]
    [InlineData("code=http://example.org/codes|p\\|q\\,r", "piped")]
    [InlineData("code=http://example.org/codes|p", "")]
    [InlineData("code=http://example.org/other|a", "")]
    [InlineData("code=A", "")]
    [InlineData("code=a,http://example.org/codes|p\\|q\\,r", "coded,bare,piped")]
    [InlineData("code=a&code=|a", "bare")]
    [InlineData("code:not=a", "piped,uncoded")]
    [InlineData("code:not=|a", "coded,piped,uncoded")]
    [InlineData("code:not=a,http://example.org/codes|p\\|q\\,r", "uncoded")]
    [InlineData("code:missing=true", "uncoded")]
    [InlineData("code:missing=false", "coded,bare,piped")]
    [InlineData("status=requested", "coded,bare,piped,uncoded")]
    [InlineData("status=http://hl7.org/fhir/task-status|requested", "coded,bare,piped,uncoded")]
    [InlineData("status=|requested", "coded,bare,piped,uncoded")]
    [InlineData("status=http://example.org/codes|requested", "")]
    [InlineData("status:not=requested", "")]
    public async Task Tokens_compare_system_and_code(string search, string names)
    {
        await Tasks(
            ("coded", task => task.Code = new CodeableConcept(System, "a")),
            ("bare", task => task.Code = new CodeableConcept { Coding = [new Coding(null, "a")] }),
            ("piped", task => task.Code = new CodeableConcept(System, "p|q,r")),
            ("uncoded", _ => { }
        ));
        await AssertFinds($"Task?{search}", names);
    }

    [Theory]
    [InlineData("owner=Organization/o1", "local,versioned")]
    [InlineData("owner=o1", "local,versioned")]
    [InlineData("owner:Organization=o1", "local,versioned")]
    [InlineData("owner:Practitioner=o1", "")]
    [InlineData("owner={root}/Organization/o1", "local,versioned,ours")]
    [InlineData("owner=http://elsewhere.example/fhir/Organization/o1", "elsewhere")]
    [InlineData("owner=https://elsewhere.example/fhir/Organization/o1", "")]
    [InlineData("owner=urn:uuid:0194e0f8-0000-7000-8000-000000000001", "urn")]
    [InlineData("owner=Organization/O1", "")]
    [InlineData("owner=Organization/o1,urn:uuid:0194e0f8-0000-7000-8000-000000000001", "local,versioned,urn")]
    [InlineData("focus=s1", "local")]
    [InlineData("focus=ServiceRequest/s1", "local")]
    [InlineData("focus:Task=s1", "")]
    [InlineData("patient=p1", "local")]
    [InlineData("patient=Patient/p1", "local")]
    [InlineData("patient=Group/g1", "")]
    [InlineData("subject=Group/g1", "versioned")]
    public async Task References_compare_type_and_id_or_the_whole_address(string search, string names)
    {
        await Tasks(
            ("local", task =>
            {
                task.Owner = new ResourceReference("Organization/o1");
                task.Focus = new ResourceReference("ServiceRequest/s1");
                task.For = new ResourceReference("Patient/p1");
            }
        ),
            ("versioned", task =>
            {
                task.Owner = new ResourceReference("Organization/o1/_history/2");
                task.For = new ResourceReference("Group/g1");
            }
        ),
            ("ours", task => task.Owner = new ResourceReference($"{client.Root}/Organization/o1")),
            ("elsewhere", task => task.Owner = new ResourceReference("http://elsewhere.example/fhir/Organization/o1")),
            ("urn", task => task.Owner = new ResourceReference("urn:uuid:0194e0f8-0000-7000-8000-000000000001")));
        await AssertFinds($"Task?{search.Replace("{root}", client.Root, StringComparison.Ordinal)}", names);
    }

    [Theory]
    [InlineData("family=hämä", "Hämäläinen")]
    [InlineData("family=HÄMÄ", "Hämäläinen")]
    [InlineData("family=hama", "Hamalainen")]
    [InlineData("family=Muller", "Müller,müller")]
    [InlineData("family=MÜLLER", "Müller,müller")]
    [InlineData("family:exact=Müller", "Müller")]
    [InlineData("family:exact=Muller", "")]
    [InlineData("family:exact=Mülle", "")]
    [InlineData("family:contains=LÄIN", "Hämäläinen")]
    [InlineData("family:contains=ll", "Müller,müller")]
    [InlineData("family=ller", "")]
    [InlineData("family=%25", "")]
    [InlineData("family:contains=%25", "100%")]
    [InlineData("family=1__%25", "")]
    [InlineData("family:contains=_", "a_b")]
    [InlineData("family:contains=%5C%5C", "c\\d")]
    [InlineData("family=O'B", "O'Brien \"x\"")]
    [InlineData("family:contains=\"", "O'Brien \"x\"")]
    [InlineData("family='; drop table resource; --", "")]
    [InlineData("family=Virtanen\\, Ltd", "Virtanen, Ltd")]
    [InlineData("family=a_b,c\\\\d", "a_b,c\\d")]
    [InlineData("family=rene", "René")]
    public async Task Strings_are_folded_but_for_the_letters_of_Finnish_and_Swedish(string search, string families)
    {
        string[] all = ["Hämäläinen", "Hamalainen", "Müller", "müller", "100%", "a_b", "c\\d", "O'Brien \"x\"",
            "Virtanen, Ltd", "Rene\u0301"];
        foreach (var family in all) await client.Stored(new Patient { Name = [new HumanName { Family = family }] });
        var found = await RunningServices.Read<Bundle>(await client.Get($"Patient?{search}"));
        var names = found.Entry.Select(entry => ((Patient)entry.Resource!).Name[0].Family!
            .Replace("e\u0301", "é", StringComparison.Ordinal).Replace(", ", "; ", StringComparison.Ordinal));
        Assert.Equal(
            families.Replace(", ", "; ", StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-05-15", "day,noon")]
    [InlineData("eq2026-05-15", "day,noon")]
    [InlineData("2026-05", "day,noon,month,late")]
    [InlineData("2026", "day,noon,month,late,june")]
    [InlineData("2026-05-15T12:00:00%2B03:00", "noon")]
    [InlineData("2026-05-15T12:00:00+03:00", "noon")]
    [InlineData("2026-05-15T09:00:00Z", "noon")]
    [InlineData("2026-05-15T09:00Z", "noon")]
    [InlineData("2026-05-15T12:00", "noon")]
    [InlineData("2026-05-31", "late")]
    [InlineData("2026-06-01", "june")]
    [InlineData("ne2026-05", "june")]
    [InlineData("lt2026-05-15", "month")]
    [InlineData("lt2026-05-15T12:00:00%2B03:00", "day,month")]
    [InlineData("le2026-05-15", "day,noon,month")]
    [InlineData("gt2026-05-15", "month,late,june")]
    [InlineData("ge2026-06-01", "june")]
    [InlineData("ge2026-05-31", "month,late,june")]
    [InlineData("sa2026-05-15", "late,june")]
    [InlineData("eb2026-05-15", "")]
    [InlineData("eb2026-06", "day,noon,month,late")]
    [InlineData("ap2026-05-15", "day,noon,month")]
    [InlineData("2026-05-15,2026-06-01", "day,noon,june")]
    [InlineData("ge2026-05-15&authored-on=lt2026-05-16", "day,noon,month")]
    public async Task Dates_compare_as_intervals_and_days_are_those_of_Finland(string value, string names)
    {
        await Tasks(
            ("day", task => task.AuthoredOn = "2026-05-15"),
            ("noon", task => task.AuthoredOn = "2026-05-15T12:00:00+03:00"),
            ("month", task => task.AuthoredOn = "2026-05"),
            // Still May in Finland, and already June there.
            ("late", task => task.AuthoredOn = "2026-05-31T20:59:59Z"),
            ("june", task => task.AuthoredOn = "2026-05-31T21:00:00Z"));
        await AssertFinds($"Task?authored-on={value}", names);
    }

    [Theory]
    [InlineData("2026-05-15", "")]
    [InlineData("ge2026-05-31", "open,closed")]
    [InlineData("gt2026-05-31", "open")]
    [InlineData("2026-05", "closed")]
    [InlineData("sa2026-04-30", "open,closed")]
    [InlineData("eb2026-06-01", "closed")]
    public async Task Periods_reach_from_their_start_to_their_end_and_open_ones_for_ever(string value, string names)
    {
        await Tasks(
            ("open", task => task.ExecutionPeriod = new Period { Start = "2026-05-01" }),
            ("closed", task => task.ExecutionPeriod = new Period { Start = "2026-05-01", End = "2026-05-31" }));
        await AssertFinds($"Task?period={value}", names);
    }

    [Fact]
    public async Task Addresses_are_compared_as_they_are_and_canonicals_with_or_without_their_version()
    {
        var id = (await client.Stored(new ServiceRequest
        {
            Status = RequestStatus.Active, Intent = RequestIntent.Order, Subject = new ResourceReference("Patient/p1"),
            InstantiatesUri = ["http://example.org/u|1"], InstantiatesCanonical = ["http://example.org/plan|2"],
        })).Id;
        Assert.Equal([id], await client.Find("ServiceRequest?instantiates-uri=http://example.org/u|1"));
        Assert.Empty(await client.Find("ServiceRequest?instantiates-uri=http://example.org/u"));
        Assert.Empty(await client.Find("ServiceRequest?instantiates-uri=HTTP://example.org/u|1"));
        Assert.Equal([id], await client.Find("ServiceRequest?instantiates-canonical=http://example.org/plan"));
        Assert.Equal([id], await client.Find("ServiceRequest?instantiates-canonical=http://example.org/plan|2"));
        Assert.Empty(await client.Find("ServiceRequest?instantiates-canonical=http://example.org/plan|3"));
    }

    [Fact]
    public async Task Ids_and_times_of_storing_are_searchable_to_the_letter()
    {
        var first = await client.Stored(new Patient { Active = true });
        await Task.Delay(5);
        var second = await client.Stored(new Patient { Active = false });
        var time = Uri.EscapeDataString(first.Meta!.LastUpdatedElement!.Text!);
        Assert.Equal([first.Id], await client.Find($"Patient?_id={first.Id}"));
        Assert.Equal([second.Id, first.Id], await client.Find($"Patient?_id={first.Id},{second.Id}"));
        Assert.Equal([first.Id], await client.Find($"Patient?_lastUpdated={time}"));
        Assert.Equal([first.Id], await client.Find($"Patient?_lastUpdated=le{time}"));
        Assert.Equal([second.Id, first.Id], await client.Find($"Patient?_lastUpdated=ge{time}"));
        Assert.Equal([second.Id], await client.Find($"Patient?_lastUpdated=gt{time}"));
        Assert.Equal([first.Id], await client.Find("Patient?active=true"));
    }

    private async Task Tasks(params (string Name, Action<FhirTask> Fill)[] tasks)
    {
        foreach (var (name, fill) in tasks)
        {
            var task = new FhirTask
            {
                Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, Description = name,
            };
            fill(task);
            await client.Stored(task);
        }
    }

    private async Task AssertFinds(string search, string names)
    {
        var response = await client.Get(search);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var found = (await RunningServices.Read<Bundle>(response)).Entry
            .Select(entry => ((FhirTask)entry.Resource!).Description!).Order(StringComparer.Ordinal);
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found);
    }
}
