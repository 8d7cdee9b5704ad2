using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>
/// Searches along references: http://hl7.org/fhir/R4/search.html#chaining, #has and #include.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class SearchReferencesTests(StoreServer server)
{
    private const string System = "http://example.org/codes", Code = "010594Y9032";
    private readonly StoreClient client = server.NewTenant();

    [Theory]
    [InlineData("patient.family=Virtanen", "first,second")]
    [InlineData("patient.family=Korhonen", "third")]
    [InlineData("patient.family:exact=virtanen", "")]
    [InlineData("subject:Patient.family=Virtanen", "first,second")]
    [InlineData("subject.family=Virtanen", "first,second")]
    [InlineData("subject:Group.type=person", "")]
    [InlineData("patient.birthdate=lt1980", "third")]
    [InlineData("patient.active:not=true", "third")]
    [InlineData("patient.family=Virtanen,Korhonen&status=requested", "first,third")]
    [InlineData("patient._id={virtanen}", "first,second")]
    [InlineData("focus:ServiceRequest.status=active", "first")]
    public async Task A_reference_is_followed_to_what_is_asked_of_its_target(string search, string names)
    {
        var (virtanen, korhonen) = await Persons();
        var request = await client.Stored(new ServiceRequest
        {
            Status = RequestStatus.Active, Intent = RequestIntent.Order,
            Subject = new ResourceReference($"Patient/{virtanen.Id}"),
        });
        var tasks = new Dictionary<string, string?>
        {
            ["first"] = await Task(virtanen, Fhir.TaskStatus.Requested, request),
            ["second"] = await Task(virtanen, Fhir.TaskStatus.Completed),
            ["third"] = await Task(korhonen, Fhir.TaskStatus.Requested),
        };
        if (search.StartsWith("subject:Group", StringComparison.Ordinal))
        {
            // This base has no Groups.
            await StoreClient.Refused(
                await client.Get($"Task?{search}"), 400, "REC_BAD_REQUEST", IssueType.NotSupported);
            return;
        }

        var found = await client.Find($"Task?{search.Replace("{virtanen}", virtanen.Id, StringComparison.Ordinal)}");
        Assert.Equal(
            names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => tasks[name]).Order(),
            found.Order());
    }

    [Fact]
    public async Task A_person_is_found_along_a_reference_by_identity_code_by_POST()
    {
        var (virtanen, korhonen) = await Persons();
        var task = await Task(virtanen, Fhir.TaskStatus.Requested);
        await Task(korhonen, Fhir.TaskStatus.Requested);
        Assert.Equal(
            [task], await client.FindByPost("Task", $"patient.identifier={Systems.IdentityCode}%7C{Code}"));
    }

    [Theory]
    [InlineData("_has:Task:patient:status=completed", "virtanen")]
    [InlineData("_has:Task:patient:status=requested", "virtanen,korhonen")]
    [InlineData("_has:Task:patient:status:not=requested", "virtanen")]
    [InlineData("_has:Task:patient:status=requested&family=Korhonen", "korhonen")]
    [InlineData("_has:Task:patient:status=rejected", "")]
    public async Task What_points_to_a_resource_chooses_it(string search, string names)
    {
        var (virtanen, korhonen) = await Persons();
        await Task(virtanen, Fhir.TaskStatus.Requested);
        await Task(virtanen, Fhir.TaskStatus.Completed);
        await Task(korhonen, Fhir.TaskStatus.Requested);
        var found = await client.Find($"Patient?{search}");
        Assert.Equal(
            names.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(name => name == "virtanen" ? virtanen.Id : korhonen.Id).Order(),
            found.Order());
    }

    [Theory]
    [InlineData("Task?_include=Task:patient&_id={task}", "Patient/{virtanen}")]
    [InlineData("Task?_include=Task:subject&_id={task}", "Patient/{virtanen}")]
    [InlineData("Task?_include=Task:subject:Patient&_id={task}", "Patient/{virtanen}")]
    [InlineData("Task?_include=Task:focus&_include=Task:patient&_id={task}", "Patient/{virtanen},ServiceRequest/{request}")]
    [InlineData("Task?_include=*&_id={task}", "Patient/{virtanen},ServiceRequest/{request}")]
    [InlineData("Task?_include=Task:owner&_id={task}", "")]
    [InlineData("Patient?_revinclude=Task:patient&family=Virtanen", "Task/{task}")]
    [InlineData("Patient?_revinclude=Task:patient&_revinclude=ServiceRequest:subject&family=Virtanen",
        "Task/{task},ServiceRequest/{request}")]
    [InlineData("Patient?_revinclude=Task:patient&family=Korhonen", "")]
    public async Task What_references_lead_to_comes_along_once_with_the_page(string search, string included)
    {
        var (virtanen, _) = await Persons();
        var request = await client.Stored(new ServiceRequest
        {
            Status = RequestStatus.Active, Intent = RequestIntent.Order,
            Subject = new ResourceReference($"Patient/{virtanen.Id}"),
        });
        var task = await Task(virtanen, Fhir.TaskStatus.Requested, request);
        string Filled(string text) => text.Replace("{task}", task, StringComparison.Ordinal)
            .Replace("{virtanen}", virtanen.Id, StringComparison.Ordinal)
            .Replace("{request}", request.Id, StringComparison.Ordinal);

        var page = await RunningServices.Read<Bundle>(await client.Get(Filled(search)));
        Assert.Single(page.Entry, entry => entry.Search!.Mode == SearchEntryMode.Match);
        Assert.Equal(
            Filled(included).Split(',', StringSplitOptions.RemoveEmptyEntries).Order(),
            page.Entry.Where(entry => entry.Search!.Mode == SearchEntryMode.Include)
                .Select(entry => $"{entry.Resource!.TypeName}/{entry.Resource.Id}").Order());
        Assert.All(page.Entry, entry =>
            Assert.Equal($"{client.Root}/{entry.Resource!.TypeName}/{entry.Resource.Id}", entry.FullUrl));
    }

    [Fact]
    public async Task More_than_a_page_takes_is_not_left_out_unsaid()
    {
        var patient = await client.Stored(new Patient { Active = true });
        await server.Services.Store.Write(async session =>
        {
            for (var i = 0; i < 1001; i++)
                await session.Resources.Create(new(client.Tenant, client.Organisation), NewTask(patient.Id!));
        }, CancellationToken.None);
        await StoreClient.Refused(
            await client.Get("Patient?_revinclude=Task:patient"), 400, "REC_BAD_REQUEST", IssueType.TooCostly);
        var page = await RunningServices.Read<Bundle>(await client.Get("Task?_include=Task:patient&_count=1000"));
        Assert.Equal(1001, page.Entry.Count);
    }

    [Theory]
    [InlineData("owner:identifier=http://example.org/codes|o1", true)]
    [InlineData("owner:identifier=o1", true)]
    [InlineData("owner:identifier=http://example.org/codes|", true)]
    [InlineData("owner:identifier=o2", false)]
    [InlineData("patient:identifier=p1", true)]
    [InlineData("subject:identifier=p1", true)]
    [InlineData("focus:identifier=o1", false)]
    public async Task What_is_named_by_an_identifier_alone_is_found_by_it(string search, bool found)
    {
        var task = await client.Stored(new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            Owner = new ResourceReference { Identifier = new Identifier(System, "o1") },
            For = new ResourceReference { Identifier = new Identifier(System, "p1") },
        });
        Assert.Equal(found ? [task.Id] : [], await client.Find($"Task?{search}"));
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_seen_along_a_reference()
    {
        var (virtanen, _) = await Persons();
        await Task(virtanen, Fhir.TaskStatus.Completed);
        var stranger = server.NewTenant();
        // A reference to another's resource is only a text.
        var task = await stranger.Stored(NewTask(virtanen.Id!));
        var own = await stranger.Stored(new Patient { Active = true });
        Assert.Empty(await stranger.Find("Task?patient.family=Virtanen"));
        Assert.Empty(await stranger.Find($"Task?patient._id={virtanen.Id}"));
        var included = await RunningServices.Read<Bundle>(await stranger.Get("Task?_include=Task:patient"));
        Assert.Equal([task.Id], StoreClient.Ids(included));
        Assert.Equal([own.Id], await stranger.Find("Patient?_revinclude=Task:patient"));
        Assert.Empty(await client.Find("Patient?_has:Task:patient:status=requested"));
        var reverse = await RunningServices.Read<Bundle>(await client.Get($"Patient?_id={virtanen.Id}&_revinclude=Task:patient"));
        Assert.DoesNotContain(task.Id, StoreClient.Ids(reverse));
    }

    private async Task<(Patient Virtanen, Patient Korhonen)> Persons() => (
        await client.Stored(new Patient
        {
            Active = true, BirthDate = "1994-05-01", Name = [new HumanName { Family = "Virtanen" }],
            Identifier = [new Identifier(Systems.IdentityCode, Code)],
        }),
        await client.Stored(new Patient { BirthDate = "1970-01-01", Name = [new HumanName { Family = "Korhonen" }] }));

    private async Task<string?> Task(Patient patient, Fhir.TaskStatus status, ServiceRequest? focus = null)
    {
        var task = NewTask(patient.Id!);
        task.Status = status;
        if (focus is not null) task.Focus = new ResourceReference($"ServiceRequest/{focus.Id}");
        return (await client.Stored(task)).Id;
    }

    private static FhirTask NewTask(string patient) => new()
    {
        Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, For = new ResourceReference($"Patient/{patient}"),
    };
}
