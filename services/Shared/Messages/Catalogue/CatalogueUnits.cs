using Fhir;

namespace Messages.Catalogue;

/// <summary>
/// A unit of a catalogue as both sides of the bus read it: a HealthcareService whose <c>category</c> is one place of care
/// and whose <c>type</c> are methods; capacity, ages and municipalities are the extensions named here.
/// </summary>
public static class CatalogueUnits
{
    public const string CarePlace = Canonicals.Base + "/CodeSystem/care-place";

    /// <summary><c>status</c> (code), and <c>days</c> (integer) to wait.</summary>
    public const string CapacityExtension = Canonicals.Base + "/StructureDefinition/capacity-status";

    /// <summary>The ages that it takes, a Range in whole years.</summary>
    public const string AgesExtension = Canonicals.Base + "/StructureDefinition/age-range";

    /// <summary>A <c>municipality</c> (Coding) that it serves, and its <c>period</c>.</summary>
    public const string ServedMunicipalityExtension = Canonicals.Base + "/StructureDefinition/served-municipality";

    /// <summary>When its region told it last (instant): the order of what is told, and the age of a copy.</summary>
    public const string AsOfExtension = Canonicals.Base + "/StructureDefinition/catalogue-as-of";

    public static IReadOnlyList<string> Places { get; } =
        ["occupational-health", "region-primary-care", "specialised-care", "emergency-care", "crisis-service"];

    public static IReadOnlyList<string> Capacities { get; } = ["available", "waiting-list", "no-capacity"];

    /// <summary>When it was told: by its region, else when it was stored. Null for what is not stored yet.</summary>
    public static DateTimeOffset? AsOf(HealthcareService unit) =>
        (unit.GetExtension(AsOfExtension)?.Value as Instant)?.Value ?? unit.Meta?.LastUpdated;

    public static void SetAsOf(HealthcareService unit, DateTimeOffset? asOf)
    {
        unit.Extension.RemoveAll(extension => extension.Url == AsOfExtension);
        if (asOf is not null)
            unit.Extension.Add(new Extension { Url = AsOfExtension, Value = new Instant(asOf) });
    }

    /// <summary>The numbers by which the unit is known to who sends it.</summary>
    public static IEnumerable<Identifier> Numbers(HealthcareService unit) =>
        unit.Identifier.Where(identifier => identifier is { System: not null, Value: not null });

    /// <summary>The value of a part of an extension, or null.</summary>
    public static DataType? Part(Extension extension, string name) =>
        extension.Extension.Find(part => part.Url == name)?.Value;

    /// <summary>Every fault of place, capacity, ages and municipalities.</summary>
    public static IEnumerable<FhirIssue> Faults(HealthcareService unit, string path)
    {
        var places = unit.Category.SelectMany(category => category.Coding)
            .Where(coding => coding.System == CarePlace).ToList();
        if (places is not [{ Code: { } place }] || !Places.Contains(place))
            yield return Issue(IssueType.CodeInvalid, $"{path}.category",
                $"A unit is one place of care, a code of {CarePlace}: {string.Join(", ", Places)}.");
        foreach (var capacity in unit.Extension.Where(extension => extension.Url == CapacityExtension))
        {
            if (Part(capacity, "status") is not Code { Value: { } status } || !Capacities.Contains(status))
                yield return Issue(IssueType.CodeInvalid, $"{path}.extension",
                    $"The status of {CapacityExtension} is one of {string.Join(", ", Capacities)}.");
            if (Part(capacity, "days") is { } days && days is not Integer { Value: >= 0 })
                yield return Issue(IssueType.Value, $"{path}.extension",
                    $"The days of {CapacityExtension} are a whole number, 0 or more.");
        }

        foreach (var ages in unit.Extension.Where(extension => extension.Url == AgesExtension))
            if (ages.Value is not Fhir.Range range || !IsAge(range.Low) || !IsAge(range.High)
                || range.Low?.Value > range.High?.Value)
                yield return Issue(IssueType.Value, $"{path}.extension",
                    $"{AgesExtension} is a Range in whole years, its low not above its high.");
        foreach (var served in unit.Extension.Where(extension => extension.Url == ServedMunicipalityExtension))
            if (Part(served, "municipality") is not Coding { System: Systems.Municipality, Code: not null }
                || (Part(served, "period") is { } days && (days is not Period period || EndsBeforeItBegins(period))))
                yield return Issue(IssueType.Value, $"{path}.extension",
                    $"{ServedMunicipalityExtension} has a municipality (Coding of {Systems.Municipality}) and at most a "
                    + "period that does not end before it begins.");
    }

    private static bool IsAge(Quantity? age) =>
        age is null || (age.Value is { } years && years >= 0 && years == decimal.Truncate(years));

    private static bool EndsBeforeItBegins(Period days) =>
        FinnishTime.DateOf(days.StartElement) > FinnishTime.LastDateOf(days.EndElement);

    private static FhirIssue Issue(IssueType code, string path, string message) =>
        new(IssueSeverity.Error, code, path, message);
}
