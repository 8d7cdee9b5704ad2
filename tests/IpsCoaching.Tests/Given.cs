using Fhir;
using Fhir.Json;
using IpsCoaching.EmploymentStatus;
using Messages;

namespace IpsCoaching.Tests;

/// <summary>What tests start from: the example messages and the sample units of deploy/.</summary>
internal static class Given
{
    /// <summary>The identity code of the client of the example messages.</summary>
    public static string Client { get; } = CoachingRequest().Only<Patient>().Identifier.Single().Value!;

    /// <summary>The family name of that client.</summary>
    public static string Family { get; } = CoachingRequest().Only<Patient>().Name.Single().Family!;

    /// <summary>The journey of the example request.</summary>
    public static string Journey { get; } = CoachingRequest().Only<FhirTask>().GroupIdentifier!.Value!;

    public static IEnumerable<Resource> SampleUnits() =>
        Read<Bundle>(Path.Combine(Root(), "deploy", "Standalone", "SampleData", "ips-coaching.json")).Entry
            .Select(entry => entry.Resource!);

    /// <summary>The example request with ids of its own.</summary>
    public static Bundle CoachingRequest() => WithNewIds(Example<Bundle>("09-"));

    /// <summary>The example update with ids of its own.</summary>
    public static Bundle StatusUpdate(string start, string status = "Employed")
    {
        var bundle = WithNewIds(Example<Bundle>("10a-"));
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
    public static Consent Consent() => Example<Consent>("11-");

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

    private static T Example<T>(string start) where T : Resource =>
        Read<T>(Directory.GetFiles(Path.Combine(Root(), "deploy", "examples"), start + "*.json").Single());

    private static T Read<T>(string file) where T : Resource
    {
        var read = FhirJson.Read(File.ReadAllBytes(file));
        Assert.DoesNotContain(read.Issues, issue => issue.IsError);
        return Assert.IsType<T>(read.Resource);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
