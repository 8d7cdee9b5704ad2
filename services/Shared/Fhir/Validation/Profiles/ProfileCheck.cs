using System.Collections;
using Fhir.Json;
using Fhir.Path;

namespace Fhir.Validation;

/// <summary>
/// Holds resources against profiles, within a walk through the whole: http://hl7.org/fhir/R4/profiling.html. Everything
/// that a profile demands and that cannot be checked here is told by a warning.
/// </summary>
internal sealed partial class ProfileCheck(Run run, IssueCollector told, ValidationOptions options)
{
    private readonly ProfileRegistry _registry = options.Registry!;
    private readonly HashSet<(Base, CompiledProfile)> _done = [];
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private readonly IssueCollector _told = told;
    private IssueCollector _issues = told;
    private CompiledProfile _profile = null!;
    private bool _exhausted;

    private void Guarded(Action check)
    {
        if (_exhausted) return;
        try
        {
            check();
        }
        catch (FhirPathException e) when (e.IsLimit)
        {
            _exhausted = true;
            _told.Error(IssueType.TooCostly, $"profile: {e.Message} The profiles after it were not checked.", -1);
        }
    }

    private void Whole(CompiledProfile profile, Base item)
    {
        // Nothing is told twice, whichever way led to the profile.
        if (_issues == _told && !_done.Add((item, profile))) return;
        var outer = _profile;
        _profile = profile;
        try
        {
            foreach (var what in profile.NotChecked) NotChecked(what);
            if (item.TypeDef.Is(profile.Type)) Item(profile.Root, item);
            else _issues.Error(IssueType.Invariant, WrongType(profile.Type, profile.Canonical), -1);
        }
        finally
        {
            _profile = outer;
        }
    }

    private void Item(ProfileElement element, Base item)
    {
        run.Step();
        using var _ = Within(item);
        Values(element, item);
        if (element.Types is { } types) Types(types, item);
        foreach (var rule in element.Rules) Rule(rule, item);
        foreach (var child in element.Children) Child(child, item);
    }

    private void Child(ProfileElement element, Base owner)
    {
        if (owner.TypeDef.Element(element.Name) is not { } place) return;
        var items = ItemsOf(owner.Get(place.Ordinal));
        _issues.Enter(place);
        try
        {
            Count(element, items.Count);
            foreach (var (index, item) in items)
            {
                _issues.Index = index;
                Item(element, item);
            }
            if (element.Slicing is { } slicing) Slices(slicing, items);
        }
        finally
        {
            _issues.Leave();
        }
    }

    private void Count(ProfileElement element, int count)
    {
        _issues.Index = -1;
        var what = element.Slice is { } slice ? $"items of the slice {slice}" : "items";
        if (count < element.Min)
            Fault(IssueType.Required, "min", $"At least {element.Min} {what}, there are {count}");
        if (count > element.Max)
            Fault(IssueType.Structure, "max", $"At most {element.Max} {what}, there are {count}");
    }

    private static List<(int Index, Base Item)> ItemsOf(object? value) => value switch
    {
        null => [],
        IList list => [.. list.Cast<Base>().Select((item, i) => (i, item))],
        _ => [(-1, (Base)value)],
    };

    private void Fault(IssueType code, string rule, string message) =>
        _issues.Error(code, $"{rule}: {message} (profile: {_profile.Canonical}).", -1);

    private void NotChecked(string what)
    {
        if (options.Warnings && _noted.Add($"{_profile.Canonical} {what}"))
            _told.Warning(IssueType.NotSupported, $"not-checked: {what} (profile: {_profile.Canonical}).", -1);
    }

    private static string WrongType(string type, string canonical) =>
        $"profile-type: The profile is for {type} (profile: {canonical}).";
}
