using System.Net;
using Fhir;

namespace IpsCoaching.Tests.Bulk;

/// <summary>Sends spreadsheets whose columns are called as their fields, and reads what became of their lines.</summary>
internal static class Importing
{
    public const string Coach = "PractitionerRole/coach-kaisa-role", Unit = "Organization/ips-unit-pirkanmaa",
        Contacts = "identity-code;day;contact-kind;place;minutes;employer\n",
        OwnContacts = "own-id;identity-code;day;contact-kind;place;minutes;employer\n",
        Jobs = "identity-code;started;ended;end-reason;occupation;employer;hours-a-day;days-a-week;work-class\n";

    public static async Task<HttpResponseMessage> Records(
        this RunningIps ips, string kind, string file, bool isDryRun = false, string? coach = Coach)
    {
        using var client = ips.Connect();
        return await client.Records(kind, file, isDryRun, coach);
    }

    public static Task<HttpResponseMessage> Records(
        this HttpClient client, string kind, string file, bool isDryRun = false, string? coach = Coach) =>
        client.PostAsync("$import-records", RunningIps.Body(Asked(
            file, isDryRun, coach, One("kind", new Code(kind)),
            One("occupation-system", new FhirUri("http://example.org/isco-08")))));

    public static async Task<HttpResponseMessage> Cases(
        this RunningIps ips, string file, bool isDryRun = false, string? careUnit = null)
    {
        using var client = ips.Connect();
        IEnumerable<Parameters.ParameterComponent> unit =
            careUnit is null ? [] : [One("care-unit", new ResourceReference(careUnit))];
        return await client.PostAsync("$import-cases", RunningIps.Body(
            Asked(file, isDryRun, Coach, [One("team", new ResourceReference(Unit)), .. unit])));
    }

    /// <summary>What became of each line, as <c>number outcome</c>, with <c>!</c> behind what was remarked on.</summary>
    public static async Task<IReadOnlyList<string>> Lines(this Task<HttpResponseMessage> import)
    {
        using var response = await import;
        return [.. (await RunningIps.Read<Parameters>(response, HttpStatusCode.OK)).Lines()];
    }

    public static IEnumerable<string> Lines(this Parameters report) =>
        report.Parameter.Where(one => one.Name == "line").Select(line =>
            $"{((Integer)line.Part[0].Value!).Value} {((Code)line.Part[1].Value!).Text}"
            + (line.Part.Exists(one => one.Name == "warning") ? "!" : ""));

    /// <summary>The places of the faults for which a file is refused.</summary>
    public static async Task<IReadOnlyList<string>> Faults(this Task<HttpResponseMessage> import)
    {
        using var response = await import;
        return await RunningIps.Faults(response, HttpStatusCode.BadRequest);
    }

    public static Parameters Asked(
        string file, bool isDryRun, string? coach, params IEnumerable<Parameters.ParameterComponent> others)
    {
        var asked = new Parameters();
        asked.Parameter.AddRange([
            .. others, One("file", new FhirString(file)), One("dry-run", new FhirBoolean(isDryRun)),
            .. file.TrimStart('\uFEFF').Split('\n')[0].Split(';', ',').Select(field => new Parameters.ParameterComponent
            {
                Name = "column", Part = [One("field", new Code(field)), One("header", new FhirString(field))],
            }),
        ]);
        if (coach is not null) asked.Parameter.Add(One("coach", new ResourceReference(coach)));
        return asked;
    }

    private static Parameters.ParameterComponent One(string name, DataType value) => new() { Name = name, Value = value };
}
