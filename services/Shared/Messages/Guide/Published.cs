using Fhir;

namespace Messages.Guide;

/// <summary>What all resources of the guide have in common.</summary>
internal static class Published
{
    /// <summary>Version of the guide and of each of its resources.</summary>
    public const string Version = "1.0.0";

    /// <summary>Canonical of the guide itself.</summary>
    public const string Guide = Canonicals.Base + "/ImplementationGuide/occupational-mental-health";

    private const string Publisher = "Occupational Mental Health", Date = "2026-11-26";

    public static string ValueSet(string name) => $"{Canonicals.Base}/ValueSet/{name}";

    public static string Operation(string name) => $"{Canonicals.Base}/OperationDefinition/{name}";

    /// <summary>`referral-task` as `ReferralTask`, which R4 wants where code is made of names.</summary>
    public static string ComputerName(string name) => string.Concat(name.Split('-').Select(Upper));

    /// <summary>`referral-task` as `Referral task`.</summary>
    public static string Title(string name) => Upper(name.Replace('-', ' '));

    public static void Mark(StructureDefinition r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(CodeSystem r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(ValueSet r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(MessageDefinition r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(OperationDefinition r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(SearchParameter r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    public static void Mark(ImplementationGuide r) =>
        (r.Version, r.Status, r.Date, r.Publisher) = (Version, PublicationStatus.Active, Date, Publisher);

    private static string Upper(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
