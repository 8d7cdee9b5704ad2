using Fhir;
using Fhir.Json;
using IpsCoaching.EmploymentStatus;
using Messages;

namespace IpsCoaching.Tests;

/// <summary>What tests start from: the example messages and the sample units of deploy/.</summary>
internal static class Given
{
    /// <summary>The client of the example messages. A test code of the 900 series.</summary>
    public const string Client = "040594V9030";

    /// <summary>The journey of the example request.</summary>
    public const string Journey = "f2560835-d765-57e9-915a-2233c06f4d5b";

    public static IEnumerable<Resource> SampleUnits() =>
        ReadFile("deploy/Standalone/SampleData/ips-coaching.json").Entry.Select(entry => entry.Resource!);

    /// <summary>The example request with ids of its own.</summary>
    public static Bundle CoachingRequest() => WithNewIds(ReadFile("deploy/examples/09-coaching-request.json"));

    /// <summary>The example update with ids of its own.</summary>
    public static Bundle StatusUpdate(string start, string status = "Employed")
    {
        var bundle = WithNewIds(ReadFile("deploy/examples/10b-employment-status-employed.json"));
        var observation = bundle.All<Observation>().Single();
        observation.Effective = new Period(new FhirDateTime(start), null);
        observation.Value = new CodeableConcept(Systems.EmploymentStatus, status);
        return bundle;
    }

    /// <summary>The same status as a resource of its own, for the REST door.</summary>
    public static Observation Status(string start, string status = "Employed")
    {
        var observation = StatusUpdate(start, status).All<Observation>().Single();
        observation.Id = null;
        observation.Performer.Clear();
        observation.Subject = Person();
        return observation;
    }

    /// <summary>The example consent, which names occupational-health provider A.</summary>
    public static Consent Consent() => (Consent)Parse("deploy/examples/11-consent-ips-to-oh-provider-a.json");

    public static ResourceReference Person() => new()
    {
        Type = "Patient", Identifier = new Identifier(Systems.IdentityCode, Client),
    };

    public static T Only<T>(this Bundle bundle) where T : Resource => bundle.All<T>().Single();

    public static StatusPeriod Period(string id, WorkStatus status, string start, string? end = null) =>
        new(id, status, Day(start), end is null ? null : Day(end));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "O");

    private static Bundle WithNewIds(Bundle bundle)
    {
        bundle.Id = Guid.CreateVersion7().ToString();
        bundle.MessageHeader().Id = Guid.CreateVersion7().ToString();
        bundle.Entry[0].FullUrl = $"urn:uuid:{bundle.MessageHeader().Id}";
        return bundle;
    }

    private static Bundle ReadFile(string name) => (Bundle)Parse(name);

    private static Resource Parse(string name)
    {
        var read = FhirJson.Read(File.ReadAllBytes(Path.Combine(Root(), name)));
        Assert.DoesNotContain(read.Issues, issue => issue.IsError);
        return read.Resource!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
