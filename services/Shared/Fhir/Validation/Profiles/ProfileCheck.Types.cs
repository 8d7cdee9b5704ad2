using Fhir.Json;
using Fhir.Path;

namespace Fhir.Validation;

internal sealed partial class ProfileCheck
{
    // Longer chains of references are rather a fault of the profiles than of the content.
    private const int LongestChain = 16;

    private const int MostFaultsOfTarget = 20;

    private readonly Dictionary<(Base, CompiledProfile), FhirIssue[]> _faults = [];
    private int _chain;

    private void Types(AllowedType[] types, Base item)
    {
        var fitting = Array.FindAll(types, t => item.TypeDef.Is(t.Code));
        if (fitting.Length == 0)
        {
            var names = string.Join(", ", types.Select(t => t.Code).Distinct());
            Fault(IssueType.Structure, "type", $"The type must be one of {names}");
            return;
        }
        if (fitting.All(t => t.Profiles.Length > 0)) Profiles([.. fitting.SelectMany(t => t.Profiles)], item);
        if (item is ResourceReference reference && fitting.All(t => t.Targets.Length > 0))
            Target([.. fitting.SelectMany(t => t.Targets).Distinct()], reference);
    }

    // One must hold. With a single one every fault is told, otherwise that none holds.
    private void Profiles(string[] canonicals, Base item)
    {
        if (canonicals is [var only])
        {
            if (_registry.Find(only) is { } profile) Whole(profile, item);
            else if (ProfileRegistry.CoreType(only) is null) NotChecked($"the profile {only}, which is not known here");
            return;
        }
        if (canonicals.Select(c => Faults(c, item)).ToArray().All(f => f.Length > 0))
            Fault(IssueType.Invariant, "type-profile", $"It keeps to none of {Names(canonicals)}");
    }

    private void Target(string[] canonicals, ResourceReference reference)
    {
        var target = reference.Reference is { } text ? run.FindLocal(text) : null;
        if ((target?.TypeName ?? References.TypeOf(reference)) is not { } type) return;
        if (!ModelInfo.IsResourceType(type)) return;
        var fitting = canonicals.Where(c => TypeOf(c) is null or "Resource" || TypeOf(c) == type).ToArray();
        if (fitting.Length == 0)
            Fault(IssueType.Invariant, "target-type", $"The reference must point to one of {Names(canonicals)}");
        else if (target is not null)
            Target(fitting, target);
    }

    private void Target(string[] canonicals, Resource target)
    {
        if (_chain >= LongestChain)
        {
            NotChecked("references beyond a long chain of others");
            return;
        }
        _chain++;
        var faults = canonicals.Select(c => Faults(c, target)).ToArray();
        _chain--;
        if (faults.Any(f => f.Length == 0)) return;
        // The target may stand anywhere: its faults are told where it is held to the profile, with the place within it.
        foreach (var fault in faults.Length == 1 ? faults[0] : faults[0][..1])
        {
            Fault(IssueType.Invariant, "target-profile", $"The target keeps to none of {Names(canonicals)}: "
                + $"{fault.Expression} {fault.Message.Split(':')[0]}");
        }
    }

    /// <summary>The faults against the profile, told to nobody; none when the profile is not known.</summary>
    private FhirIssue[] Faults(string canonical, Base item)
    {
        if (_registry.Find(canonical) is { } profile) return Faults(profile, item);
        if (ProfileRegistry.CoreType(canonical) is null)
            NotChecked($"the profile {canonical}, which is not known here");
        return [];
    }

    private FhirIssue[] Faults(CompiledProfile profile, Base item)
    {
        if (_faults.TryGetValue((item, profile), out var known)) return known;
        // References in a circle hold when the rest of it does.
        _faults[(item, profile)] = [];
        var outer = _issues;
        _issues = new(MostFaultsOfTarget);
        _issues.Start(item.TypeDef.Name);
        try
        {
            Whole(profile, item);
            return _faults[(item, profile)] = [.. _issues.Close().Where(i => i.IsError)];
        }
        finally
        {
            _issues = outer;
        }
    }

    private string? TypeOf(string canonical) => ProfileRegistry.CoreType(canonical) ?? _registry.Find(canonical)?.Type;

    private static string Names(IEnumerable<string> canonicals) => string.Join(", ", canonicals);

    /// <summary>Rules see the resource that they stand in, and what it contains.</summary>
    private Surroundings Within(Base item)
    {
        var before = new Surroundings(run, run.Resource, run.Root, run.Bundle);
        if (item is Resource resource && resource != run.Resource)
        {
            var isContained = run.Root is DomainResource root && root.Contained.Contains(resource);
            (run.Resource, run.Root) = (resource, isContained ? run.Root : resource);
            if (resource is Bundle bundle) run.Bundle = bundle;
        }
        return before;
    }

    private readonly struct Surroundings(Run run, Resource? resource, Resource? root, Bundle? bundle) : IDisposable
    {
        public void Dispose()
        {
            if (run.Resource == resource) return;
            (run.Resource, run.Root) = (resource, root);
            if (run.Bundle != bundle) run.Bundle = bundle;
        }
    }
}
