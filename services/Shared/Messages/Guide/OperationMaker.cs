using Fhir;

namespace Messages.Guide;

/// <summary>What an operation is called on.</summary>
internal enum CalledOn
{
    Base,
    Type,
    Instance,
}

/// <summary>Writes the definition of an operation: what it takes and what it answers.</summary>
internal sealed class OperationMaker
{
    private readonly OperationDefinition _operation;

    /// <param name="name">Without the dollar sign.</param>
    /// <param name="on">Its level.</param>
    /// <param name="type">The type that it is called on; null at the base.</param>
    /// <param name="changes">Whether it stores or sends anything; what does not may be asked by GET.</param>
    /// <param name="description">What it is for.</param>
    public OperationMaker(string name, CalledOn on, ResourceType? type, bool changes, string description)
    {
        _operation = new OperationDefinition
        {
            Id = name,
            Url = Published.Operation(name),
            Name = Published.ComputerName(name),
            Title = Published.Title(name),
            Description = description,
            Kind = OperationKind.Operation,
            AffectsState = changes,
            Code = name,
            Resource = type is { } one ? [one] : [],
            System = on is CalledOn.Base,
            Type = on is CalledOn.Type,
            Instance = on is CalledOn.Instance,
        };
        Published.Mark(_operation);
    }

    /// <summary>Something that the caller gives.</summary>
    public OperationMaker Takes(string name, string type, string what, int min = 0, string max = "1") =>
        Add(_operation.Parameter, OperationParameterUse.In, name, type, what, min, max);

    /// <summary>Something that is answered. `return` alone is the answer itself.</summary>
    public OperationMaker Gives(string name, string type, string what, int min = 1, string max = "1") =>
        Add(_operation.Parameter, OperationParameterUse.Out, name, type, what, min, max);

    /// <summary>A part of the parameter before.</summary>
    public OperationMaker Part(string name, string type, string what, int min = 1, string max = "1")
    {
        var whole = _operation.Parameter[^1];
        (whole.Type, whole.SearchType) = (null, null);
        return Add(whole.Part, whole.Use!.Value, name, type, what, min, max);
    }

    public OperationDefinition Make() => _operation;

    private OperationMaker Add(
        List<OperationDefinition.ParameterComponent> to, OperationParameterUse use, string name, string type,
        string what, int min, string max)
    {
        to.Add(new()
        {
            Name = name, Use = use, Min = min, Max = max, Documentation = what,
            Type = EnumCodes.Parse<FHIRAllTypes>(type),
        });
        return this;
    }
}
