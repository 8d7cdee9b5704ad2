using Fhir;
using Fhir.Json;
using Messages;

namespace OccupationalHealth.Tests;

/// <summary>The example messages that newcomers post, as starting points for tests.</summary>
internal static class Example
{
    private static readonly string Root = FindRoot();
    private static int persons;

    public static Bundle Referral(string number) => Message($"{number}-*.json");

    /// <summary>
    /// An example under new ids and for another referral and person: a message that was never sent before.
    /// </summary>
    public static Bundle Fresh(string number, string identityCode = "010516B903X")
    {
        var message = Referral(number);
        message.Renew();
        var task = message.All<FhirTask>().Single();
        task.Identifier[0].Value = Guid.CreateVersion7().ToString();
        task.GroupIdentifier = new Identifier(Systems.Journey, Guid.CreateVersion7().ToString());
        foreach (var patient in message.All<Patient>())
            patient.Identifier[0].Value = identityCode;
        return message;
    }

    /// <summary>An identity code that no other test uses; of the 900 series, which is never issued.</summary>
    public static string NewPerson()
    {
        var number = Interlocked.Increment(ref persons);
        var day = new DateOnly(1980, 1, 1).AddDays(number / 99);
        var (date, individual) = ($"{day:ddMMyy}", 900 + number % 99);
        return $"{date}-{individual}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse($"{date}{individual}",
            System.Globalization.CultureInfo.InvariantCulture) % 31]}";
    }

    /// <summary>The confirmation of a referral by a named professional.</summary>
    public static Bundle Confirmation(Bundle referral)
    {
        var message = Referral("01c").Renew();
        message.All<FhirTask>().Single().Identifier = referral.All<FhirTask>().Single().Identifier;
        return message;
    }

    /// <summary>Gives a message new ids, so that it is not a duplicate.</summary>
    public static Bundle Renew(this Bundle message)
    {
        message.Id = Guid.CreateVersion7().ToString();
        message.MessageHeader().Id = Guid.CreateVersion7().ToString();
        return message;
    }

    public static Bundle Message(string pattern) =>
        Read(Directory.GetFiles(Path.Combine(Root, "deploy/examples"), pattern).Single());

    /// <summary>An example that is no message.</summary>
    public static Resource Resource(string pattern) => FhirJson.Read(File.ReadAllBytes(
        Directory.GetFiles(Path.Combine(Root, "deploy/examples"), pattern).Single())).Resource!;

    /// <summary>An example that is no resource.</summary>
    public static string Text(string pattern) =>
        File.ReadAllText(Directory.GetFiles(Path.Combine(Root, "deploy/examples"), pattern).Single());

    public static Bundle Read(string path) =>
        (Bundle)FhirJson.Read(File.ReadAllBytes(Path.Combine(Root, path))).Resource!;

    public static string Journey(this Bundle message) => message.All<FhirTask>().Single().GroupIdentifier!.Value!;

    public static Observation Fact(this Bundle message, string code) => message.All<Observation>()
        .Single(o => o.Code!.Has("https://fhir.occupational-mental-health.example/CodeSystem/placement-fact", code));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
