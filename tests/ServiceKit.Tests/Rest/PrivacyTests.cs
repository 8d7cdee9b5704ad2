using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>Canaries in everything that a client sends; none may come out in a log.</summary>
public sealed class PrivacyTests
{
    private static readonly string[] Canaries = ["010594Y9032", "Kanarialintu", "F32.2-canary"];

    [Fact]
    public async Task No_line_of_the_log_holds_what_a_request_said()
    {
        var log = new LogCapture();
        await using var services = await RunningServices.Start(
            log: log, behaviour: new Behaviour { Throws = _ => true });
        var client = new StoreClient(services, "local", "local");
        var patient = new Patient
        {
            Identifier = [new Identifier(Systems.IdentityCode, Canaries[0])],
            Name = [new HumanName { Family = Canaries[1] }],
        };
        await client.Stored(patient);
        await client.Create(patient, ("If-None-Exist", $"identifier={Canaries[0]}"));
        await client.Get($"Patient?identifier={Systems.IdentityCode}|{Canaries[0]}&family={Canaries[1]}");
        await client.Get($"Patient/{Canaries[0]}?x={Canaries[1]}");
        await client.Get($"{Canaries[0]}/{Canaries[1]}");
        await client.Get($"Condition?code={Canaries[2]}");
        await client.PostSearch("Patient", $"identifier={Canaries[0]}&family={Canaries[1]}&broken={Canaries[2]}");
        var many = string.Join('&', Enumerable.Range(0, 3000).Select(i => $"{Canaries[1]}{i}={i}"));
        await client.PostSearch("Patient", many);
        foreach (var body in (string[])[$$"""{"{{Canaries[1]}}":"{{Canaries[0]}}",""", $$"""{"birthDate":"{{Canaries[0]}}"}"""])
            await client.Send(HttpMethod.Post, "Patient", RunningServices.Json("""{"resourceType":"Patient",""" + body[1..]));
        await Faults(services);
        Assert.NotEmpty(log.Lines);
        Assert.Empty(log.Lines.Where(
            line => Canaries.Any(canary => line.Contains(canary, StringComparison.OrdinalIgnoreCase))));
    }

    // What goes wrong inside: a message that cannot be handled, and a store that breaks under a write.
    private static async Task Faults(RunningServices services)
    {
        var referral = SampleServices.Referral("j-1");
        ((FhirTask)referral.Entry[1].Resource!).Description = Canaries[1];
        await services.Post("/sender/fhir/$process-message", referral);
        await RunningServices.Until(() => services.Receiver.Read(
            async session => await session.First<long>("select count(*) from inbox where state = 'parked'") == 1,
            CancellationToken.None));
        await services.Store.Write(session => session.Execute(
            "alter table resource rename to resource_away"), CancellationToken.None);
        var client = new StoreClient(services, "local", "local");
        var response = await client.Create(new Patient { Name = [new HumanName { Family = Canaries[1] }] });
        await StoreClient.Refused(response, 503, "REC_UNAVAILABLE", IssueType.Transient);
    }
}
