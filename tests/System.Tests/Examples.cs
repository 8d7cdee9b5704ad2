using System.Text.Json.Nodes;

namespace System.Tests;

/// <summary>The example messages that newcomers post, as they stand in deploy/examples.</summary>
internal static class Examples
{
    public static string Root { get; } = FindRoot();

    /// <summary>The text of an example, by the number that its file name begins with.</summary>
    public static string Text(string number) => File.ReadAllText(
        Directory.GetFiles(Path.Combine(Root, "deploy", "examples"), $"{number}*.json").Single());

    /// <summary>The same message as another one: new ids of Bundle and header, and of the Task's placer and journey.</summary>
    public static string Fresh(string number, int copy)
    {
        var bundle = JsonNode.Parse(Text(number))!;
        bundle["id"] = Guid.CreateVersion7().ToString();
        var resources = bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!).ToList();
        resources[0]["id"] = Guid.CreateVersion7().ToString();
        foreach (var task in resources.Where(resource => (string?)resource["resourceType"] == "Task"))
        {
            task["identifier"]![0]!["value"] = $"copy-{copy}";
            if (task["groupIdentifier"] is { } journey) journey["value"] = Guid.CreateVersion7().ToString();
        }

        return bundle.ToJsonString();
    }

    /// <summary>A referral that carries its confirmation by the professional who made it.</summary>
    public static string Confirmed(string number)
    {
        var bundle = JsonNode.Parse(Text(number))!;
        var entries = bundle["entry"]!.AsArray();
        string Url(string type) => (string)entries
            .First(entry => (string?)entry!["resource"]!["resourceType"] == type)!["fullUrl"]!;
        var id = Guid.CreateVersion7().ToString();
        entries.Add(JsonNode.Parse(
            $$"""
            {
              "fullUrl": "urn:uuid:{{id}}",
              "resource": {
                "resourceType": "Provenance",
                "id": "{{id}}",
                "target": [{ "reference": "{{Url("Task")}}" }],
                "recorded": "2026-11-20T10:20:00+02:00",
                "activity": { "coding": [{
                  "system": "https://fhir.occupational-mental-health.example/CodeSystem/provenance-activity",
                  "code": "confirm-placement" }] },
                "agent": [{ "who": { "reference": "{{Url("PractitionerRole")}}" } }]
              }
            }
            """));
        return bundle.ToJsonString();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project.");
        return folder.FullName;
    }
}
