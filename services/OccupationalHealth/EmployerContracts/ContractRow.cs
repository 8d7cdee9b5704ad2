using Fhir;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.EmployerContracts;

/// <summary>A line of a file on its way to a contract.</summary>
/// <param name="Number">The line of the file on which it begins.</param>
internal sealed record ContractRow(int Number, ContractLine Line)
{
    /// <summary>What is wrong with it, by column; a row with a fault goes no further.</summary>
    public List<FhirIssue> Faults { get; } = [];

    public bool IsRight => Faults.Count == 0;

    /// <summary>The contract as it is stored; null for a new one.</summary>
    public Contract? Current { get; set; }

    /// <summary>The contract as it will be.</summary>
    public Contract? Proposed { get; set; }

    /// <summary>What the contract will decide; null where it will not count.</summary>
    public ContractScope? Scope { get; set; }

    /// <summary>Whether the line tells nothing new.</summary>
    public bool IsSame => Current?.DeepEquals(Proposed) == true;

    /// <summary>The faults with their line.</summary>
    public IEnumerable<FhirIssue> PlacedFaults =>
        Faults.Select(fault => fault with { Expression = Place(fault.Expression) });

    /// <summary>Something to know that is no fault.</summary>
    public FhirIssue Tell(string column, string message) =>
        new(IssueSeverity.Information, IssueType.Informational, Place(column), message, -1);

    private string Place(string column) => column.Length == 0 ? $"line[{Number}]" : $"line[{Number}].{column}";
}
