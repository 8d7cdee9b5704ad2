using System.Collections;
using Fhir.Json;
using Fhir.Path;

namespace Fhir.Validation;

/// <summary>One walk through a resource, with the rules of each type that it meets.</summary>
internal sealed class ValidationWalk
{
    private readonly Resource _root;
    private readonly ValidationOptions _options;
    private readonly Run _run;
    private readonly IssueCollector _issues;
    private readonly ReferenceRules _references;
    private readonly ProfileCheck? _profiles;
    private ElementDef? _place;
    private bool _exhausted;

    public ValidationWalk(Resource root, ValidationOptions options)
    {
        (_root, _options) = (root, options);
        _run = new(root, new() { Bundle = options.Bundle, Resolver = options.Resolver, MaxSteps = options.MaxSteps });
        _issues = new(Math.Max(1, options.MaxIssues));
        _references = new(_run, _issues);
        _profiles = options.Registry is null ? null : new(_run, _issues, options);
    }

    public IReadOnlyList<FhirIssue> Run()
    {
        _issues.Start(_root.TypeName);
        Resource(_root, container: null);
        return _issues.Close();
    }

    private void Resource(Resource resource, Resource? container)
    {
        var (outer, root, outerBundle, place) = (_run.Resource, _run.Root, _run.Bundle, _place);
        (_run.Resource, _run.Root, _place) = (resource, container ?? resource, null);
        if (resource is Bundle inner) _run.Bundle = inner;
        var rules = resource.TypeDef.Rules;
        Check(rules.Own, resource);
        if (resource is Bundle bundle) BundleRules.Check(bundle, _run, _issues);
        Elements(resource, rules);
        if (_profiles is not null) Profiles(resource);
        (_run.Resource, _run.Root, _place) = (outer, root, place);
        if (resource is Bundle) _run.Bundle = outerBundle;
    }

    private void Profiles(Resource resource)
    {
        if (resource == _root) _profiles!.Asked(resource);
        _profiles!.Claimed(resource);
    }

    private void Elements(Base owner, TypeRules rules)
    {
        var elements = rules.Type.All;
        // The id of an element is plain text without rules.
        for (var i = owner is Element ? 1 : 0; i < elements.Length; i++)
        {
            var value = owner.Get(i);
            if (value is null) continue;
            _issues.Enter(elements[i]);
            if (value is IList list) List(list, elements[i], rules);
            else Item((Base)value, elements[i], rules);
            _issues.Leave();
        }
    }

    private void List(IList list, ElementDef element, TypeRules rules)
    {
        for (var i = 0; i < list.Count; i++)
        {
            _issues.Index = i;
            Item((Base)list[i]!, element, rules);
        }
        _issues.Index = -1;
    }

    private void Item(Base item, ElementDef element, TypeRules owner)
    {
        if (owner.OfElement(element.Ordinal) is { } atElement) Check(atElement, item);
        switch (item)
        {
            case Resource resource:
                Resource(resource, element.Name == "contained" ? _run.Root : null);
                return;
            case PrimitiveType { Text: not null, HasIdOrExtension: false } primitive:
                if (primitive is XHtml) Narrative(primitive.Text);
                return;
        }
        if (IsHollow(item))
            _issues.Error(IssueType.Invariant, "ele-1: All FHIR elements must have a @value or children", -1);
        var rules = item.TypeDef.Rules;
        Check(rules.Own, item);
        if (_profiles is not null && _options.Extensions && item is Extension extension) _profiles.Defined(extension, owner.Type, _place);
        if (item is ResourceReference reference) _references.Check(reference, element);
        var place = _place;
        _place = element;
        Elements(item, rules);
        _place = place;
    }

    // ele-1: `hasValue() or (children().count() > id.count())`
    private static bool IsHollow(Base item)
    {
        if (item is PrimitiveType { Text: not null }) return false;
        for (var i = 1; i < item.TypeDef.Count; i++)
        {
            if (item.Get(i) is { } value && value is not IList { Count: 0 }) return false;
        }
        return true;
    }

    private void Narrative(string div)
    {
        if (Xhtml.Fault(div) is not { } fault) return;
        var key = fault.Contains("visible", StringComparison.Ordinal) ? "txt-2" : "txt-1";
        if (!_options.Skipped.Contains(key)) _issues.Error(IssueType.Invariant, $"{key}: The narrative {fault}.", -1);
    }

    private void Check(ValidationRule[] rules, Base focus)
    {
        foreach (var rule in rules)
        {
            if ((rule.IsError || _options.Warnings) && !_exhausted && rule.IsPlain?.Invoke(focus) != true) Check(rule, focus);
        }
    }

    private void Check(ValidationRule rule, Base focus)
    {
        _run.Focus = focus;
        try
        {
            if (rule.Expression.IsTrue(_run, focus) || _options.Skipped.Contains(rule.Key)) return;
            var message = $"{rule.Key}: {rule.Human}";
            if (rule.IsError) _issues.Error(IssueType.Invariant, message, -1);
            else _issues.Warning(IssueType.Invariant, message, -1);
        }
        catch (FhirPathException e) when (e.IsLimit)
        {
            _exhausted = true;
            _issues.Error(IssueType.TooCostly, $"{rule.Key}: {e.Message} The rules after it were not run.", -1);
        }
        catch (FhirPathException e)
        {
            _issues.Error(IssueType.Invariant, $"{rule.Key}: {rule.Human} ({e.Message})", -1);
        }
    }
}
