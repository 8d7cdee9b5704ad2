using Fhir;

namespace Benchmarks;

/// <summary>Resources of about the size that the services store.</summary>
internal static class Sample
{
    private const string Codes = "http://example.org/codes";

    /// <summary>A Task of about five thousand bytes, for a person.</summary>
    public static FhirTask Task(string patient, int number)
    {
        var task = new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, Priority = RequestPriority.Routine,
            Identifier = [new Identifier("http://example.org/tasks", $"{patient}-{number}")],
            GroupIdentifier = new Identifier("http://example.org/journeys", $"{patient}-{number / 5}"),
            Code = new CodeableConcept(Codes, $"code-{number % 20}"), For = new ResourceReference($"Patient/{patient}"),
            Requester = new ResourceReference($"Organization/o{number % 50}"),
            Owner = new ResourceReference($"Organization/o{number % 40}"),
            AuthoredOn = "2026-05-01T10:00:00+03:00", LastModified = "2026-05-02T10:00:00+03:00",
        };
        for (var i = 0; i < 12; i++)
        {
            task.Note.Add(new Annotation
            {
                Time = "2026-05-01T10:00:00+03:00",
                Text = $"{i}: " + string.Concat(Enumerable.Repeat("a line of what was agreed upon together; ", 7)),
            });
        }

        return task;
    }

    /// <summary>Five resources that belong together, as a transaction.</summary>
    public static Bundle Transaction(int number)
    {
        var (person, request) = ($"urn:uuid:{Guid.CreateVersion7()}", $"urn:uuid:{Guid.CreateVersion7()}");
        var task = Task("x", number);
        (task.For, task.Focus) = (new ResourceReference(person), new ResourceReference(request));
        var bundle = new Bundle { Type = BundleType.Transaction };
        bundle.Entry.Add(Entry(new Patient
        {
            BirthDate = "1990-05-01", Name = [new HumanName { Family = $"Testinen{number}", Given = ["Aino"] }],
            Identifier = [new Identifier("http://example.org/persons", $"{number}")],
        }, person));
        bundle.Entry.Add(Entry(new ServiceRequest
        {
            Status = RequestStatus.Active, Intent = RequestIntent.Order, Code = new CodeableConcept(Codes, "a"),
            Subject = new ResourceReference(person), AuthoredOn = "2026-05-01T10:00:00+03:00",
        }, request));
        bundle.Entry.Add(Entry(task, null));
        for (var i = 0; i < 2; i++)
        {
            bundle.Entry.Add(Entry(new Observation
            {
                Status = ObservationStatus.Final, Code = new CodeableConcept(Codes, $"o{i}"),
                Subject = new ResourceReference(person), Effective = new FhirDateTime("2026-05-01T10:00:00+03:00"),
                Value = new Integer(i + 10),
            }, null));
        }

        return bundle;
    }

    private static Bundle.EntryComponent Entry(Resource resource, string? fullUrl) => new()
    {
        FullUrl = fullUrl, Resource = resource,
        Request = new Bundle.RequestComponent { Method = HTTPVerb.POST, Url = resource.TypeName },
    };
}
