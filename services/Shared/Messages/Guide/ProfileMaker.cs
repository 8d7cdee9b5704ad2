using Fhir;
using Fhir.Validation;

namespace Messages.Guide;

/// <summary>Writes a profile on a type of R4: what it says, element by element.</summary>
internal sealed class ProfileMaker
{
    private readonly StructureDefinition _profile;
    private int _rules;

    /// <param name="name">Id and last part of the canonical: `referral-task`.</param>
    /// <param name="type">The type of R4.</param>
    /// <param name="description">What it is for, in Markdown.</param>
    public ProfileMaker(string name, string type, string description)
    {
        _profile = new StructureDefinition
        {
            Id = name,
            Url = Canonicals.StructureDefinition(name),
            Name = Published.ComputerName(name),
            Title = Published.Title(name),
            Description = description,
            FhirVersion = FHIRVersion.N401,
            Kind = ModelInfo.IsResourceType(type)
                ? StructureDefinitionKind.Resource
                : StructureDefinitionKind.ComplexType,
            Abstract = false,
            Type = type,
            BaseDefinition = "http://hl7.org/fhir/StructureDefinition/" + type,
            Derivation = TypeDerivationRule.Constraint,
            Differential = new() { Element = [new() { ElementId = type, Path = type }] },
        };
        Published.Mark(_profile);
    }

    /// <summary>At least that many.</summary>
    public ProfileMaker Min(string path, int min) => At(path, e => e.Min = min);

    public ProfileMaker Max(string path, string max) => At(path, e => e.Max = max);

    /// <summary>Not there at all.</summary>
    public ProfileMaker None(params string[] paths) =>
        paths.Aggregate(this, static (maker, path) => maker.Max(path, "0"));

    public ProfileMaker Fixed(string path, DataType value) => At(path, e => e.Fixed = value);

    /// <summary>One coding of a CodeableConcept is this one.</summary>
    public ProfileMaker Coded(string path, string system, string code) =>
        At(path, e => e.Pattern = new CodeableConcept(system, code));

    public ProfileMaker Pattern(string path, DataType value) => At(path, e => e.Pattern = value);

    /// <summary>The type, or one of several with bars between them.</summary>
    public ProfileMaker Type(string path, string type) =>
        At(path, e => e.Type = [.. type.Split('|').Select(one => new ElementDefinition.TypeRefComponent { Code = one })]);

    /// <summary>The type, held to a profile.</summary>
    public ProfileMaker Type(string path, string type, string profile) =>
        At(path, e => e.Type = [new() { Code = type, Profile = [profile] }]);

    /// <summary>A reference to what keeps to one of the profiles.</summary>
    public ProfileMaker Target(string path, params string[] profiles) =>
        At(path, e => e.Type = [new() { Code = "Reference", TargetProfile = profiles }]);

    public ProfileMaker Bound(string path, string valueSet) => At(path, e => e.Binding = new()
    {
        Strength = BindingStrength.Required, ValueSet = Published.ValueSet(valueSet),
    });

    public ProfileMaker SlicedByType(string path, string by) =>
        Sliced(path, DiscriminatorType.Type, by, SlicingRules.Open);

    public ProfileMaker SlicedByValue(string path, string by, SlicingRules rules) =>
        Sliced(path, DiscriminatorType.Value, by, rules);

    /// <summary>Where an extension may stand.</summary>
    public ProfileMaker StandsOn(IEnumerable<string> elements)
    {
        _profile.Context = [.. elements.Select(element => new StructureDefinition.ContextComponent
        {
            Type = ExtensionContextType.Element, Expression = element,
        })];
        return this;
    }

    /// <summary>A rule, as FHIRPath at the element.</summary>
    public ProfileMaker Rule(string path, string human, string expression) => At(path, e => e.Constraint.Add(new()
    {
        Key = $"{_profile.Id}-{++_rules}",
        Severity = ConstraintSeverity.Error,
        Human = human,
        Expression = expression,
        Source = _profile.Url,
    }));

    /// <summary>The finished profile, with its snapshot.</summary>
    public StructureDefinition Make()
    {
        _profile.Snapshot = SnapshotMaker.Make(_profile);
        return _profile;
    }

    private ProfileMaker Sliced(string path, DiscriminatorType type, string by, SlicingRules rules) =>
        At(path, e => e.Slicing = new() { Discriminator = [new() { Type = type, Path = by }], Rules = rules });

    // Elements stand in the order in which R4 has them, so a differential names them in that order.
    private ProfileMaker At(string path, Action<ElementDefinition> say)
    {
        var id = path.Length == 0 ? _profile.Type! : $"{_profile.Type}.{path}";
        var element = _profile.Differential!.Element.Find(e => e.ElementId == id);
        if (element is null)
        {
            element = new()
            {
                ElementId = id,
                Path = string.Join('.', id.Split('.').Select(part => part.Split(':')[0])),
                SliceName = id.Split('.')[^1].Split(':') is [_, var slice] ? slice : null,
            };
            _profile.Differential.Element.Add(element);
        }
        say(element);
        return this;
    }
}
