using Fhir;

namespace Messages.Guide;

/// <summary>Search parameters of our own: what people look for and R4 has no parameter of.</summary>
public static class OwnSearchParameters
{
    /// <summary>All of them, as the guide has them.</summary>
    public static IReadOnlyList<SearchParameter> All { get; } =
    [
        Of("applies", ResourceType.Contract, "Contract.applies",
            "The days on which an employer's contract holds: applies=geDAY&applies=leDAY finds what is in force on a day."),
        Of("due", ResourceType.Task, "Task.restriction.period",
            "When a Task is to be done: due=leDAY finds what has begun to be due until then, due=ltDAY what was before."),
    ];

    /// <summary>The same, as R4's own stand in the model.</summary>
    public static IEnumerable<SearchParameterInfo> Infos => All.Select(one => new SearchParameterInfo(
        one.Base.Single().GetLiteral(), one.Code!, one.Type!.Value, one.Expression!, [], one.Url!));

    private static SearchParameter Of(string code, ResourceType type, string expression, string description)
    {
        var id = $"{type.GetLiteral().ToLowerInvariant()}-{code}";
        var parameter = new SearchParameter
        {
            Id = id, Url = $"{Canonicals.Base}/SearchParameter/{id}", Name = Published.ComputerName(id),
            Description = description, Code = code, Base = [type], Type = SearchParamType.Date, Expression = expression,
            Comparator =
            [
                SearchComparator.Eq, SearchComparator.Ne, SearchComparator.Gt, SearchComparator.Ge, SearchComparator.Lt,
                SearchComparator.Le, SearchComparator.Sa, SearchComparator.Eb, SearchComparator.Ap,
            ],
        };
        Published.Mark(parameter);
        return parameter;
    }
}
