using Fhir.Json;
using Fhir.Path;

namespace Fhir.Validation;

/// <summary>What R4 says of Bundles in words only, http://hl7.org/fhir/R4/bundle.html</summary>
internal static class BundleRules
{
    private static readonly ElementDef Entry = Bundle.Def.Element("entry")!;
    private static readonly ElementDef FullUrl = Bundle.EntryComponent.Def.Element("fullUrl")!;
    private static readonly ElementDef EntryResource = Bundle.EntryComponent.Def.Element("resource")!;
    private static readonly ElementDef FocusElement = MessageHeader.Def.Element("focus")!;

    public static void Check(Bundle bundle, Run run, IssueCollector issues)
    {
        issues.Enter(Entry);
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            issues.Index = i;
            if (bundle.Entry[i].FullUrl is { } url) CheckFullUrl(url, bundle.Entry[i].Resource, issues);
        }
        issues.Leave();
        if (bundle.Type == BundleType.Message) CheckFocus(bundle, run, issues);
    }

    private static void CheckFullUrl(string url, Resource? resource, IssueCollector issues)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            issues.ErrorAt(FullUrl, -1, IssueType.Value, "fullUrl-absolute: A fullUrl must be absolute.", -1);
        if (resource?.Id is not { } id || References.TypeIn(url) is not { } type) return;
        // TypeIn found it, so the URL goes .../Type/id.
        if (type == resource.TypeName && url.EndsWith($"/{id}", StringComparison.Ordinal)) return;
        issues.ErrorAt(FullUrl, -1, IssueType.Value,
            "fullUrl-id: The fullUrl names another type or id than the resource.", -1);
    }

    // "The message bundle includes the focus resources", http://hl7.org/fhir/R4/messaging.html#bundle
    private static void CheckFocus(Bundle bundle, Run run, IssueCollector issues)
    {
        if (bundle.Entry.Count == 0 || bundle.Entry[0].Resource is not MessageHeader header) return;
        for (var i = 0; i < header.Focus.Count; i++)
        {
            if (header.Focus[i].Reference is not { } focus || focus.StartsWith("urn:uuid:", StringComparison.Ordinal)
                || focus.StartsWith('#') || run.FindLocal(focus) is not null)
            {
                continue;
            }
            issues.Enter(Entry);
            issues.Index = 0;
            issues.Enter(EntryResource);
            issues.ErrorAt(FocusElement, i, IssueType.NotFound,
                "message-focus: The message must include the resources that its focus names.", -1);
            issues.Leave();
            issues.Leave();
        }
    }
}
