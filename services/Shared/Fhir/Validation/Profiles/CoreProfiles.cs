namespace Fhir.Validation;

/// <summary>Profiles of R4 itself that its own elements and nearly all profiles name.</summary>
internal static class CoreProfiles
{
    public static IEnumerable<Resource> All =>
    [
        // "The comparator is not used on a SimpleQuantity", http://hl7.org/fhir/R4/datatypes.html#SimpleQuantity
        new StructureDefinition
        {
            Url = "http://hl7.org/fhir/StructureDefinition/SimpleQuantity",
            Version = ModelInfo.Version,
            Name = "SimpleQuantity",
            Status = PublicationStatus.Active,
            Kind = StructureDefinitionKind.ComplexType,
            Abstract = false,
            Type = "Quantity",
            BaseDefinition = "http://hl7.org/fhir/StructureDefinition/Quantity",
            Derivation = TypeDerivationRule.Constraint,
            Differential = new()
            {
                Element = [new() { ElementId = "Quantity.comparator", Path = "Quantity.comparator", Max = "0" }],
            },
        },
    ];
}
