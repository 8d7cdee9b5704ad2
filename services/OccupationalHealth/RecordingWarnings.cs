using Fhir;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth;

/// <summary>
/// What is recorded although the method is meant otherwise. Care that was given is never refused at its record: the
/// placement is where ages and severities exclude. The warning stays on the record, so that it can be seen and counted.
/// </summary>
internal static class RecordingWarnings
{
    public const string AgeOutside = "age-outside", BeyondVisits = "beyond-visits", FewVisits = "few-visits",
        CodeDiffers = "procedure-code-differs", Length = "length-outside";

    private static readonly Dictionary<string, Wording> Names = new(StringComparer.Ordinal)
    {
        [AgeOutside] = new(
            "Ikä ei kuulu menetelmän kohderyhmään", "Åldern hör inte till metodens målgrupp",
            "The age is outside of the method's target group"),
        [BeyondVisits] = new(
            "Käyntejä enemmän kuin menetelmään kuuluu", "Fler besök än metoden omfattar",
            "More visits than the method has"),
        [FewVisits] = new(
            "Käyntejä vähemmän kuin menetelmään kuuluu", "Färre besök än metoden omfattar",
            "Fewer visits than the method has"),
        [CodeDiffers] = new(
            "Toimenpidekoodi on muu kuin menetelmän koodi", "Åtgärdskoden är en annan än metodens kod",
            "The procedure code is another than the method's"),
        [Length] = new(
            "Kesto poikkeaa tavanomaisesta", "Längden avviker från det vanliga", "The length is out of the ordinary"),
    };

    /// <summary>Replaces all warnings of a resource.</summary>
    public static void Set(DomainResource resource, IEnumerable<string> warnings)
    {
        resource.Extension.RemoveAll(extension => extension.Url == Terms.RecordingWarningExtension);
        resource.Extension.AddRange(warnings.Select(code => new Extension(
            Terms.RecordingWarningExtension,
            new CodeableConcept { Coding = [Texts.Coding(Terms.RecordingWarning, code, Names[code])] })));
    }
}
