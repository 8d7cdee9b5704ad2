namespace Fhir.Validation;

internal sealed partial class ProfileCheck
{
    private static readonly ElementDef MetaElement = Fhir.Resource.Def.Element("meta")!;
    private static readonly ElementDef ProfileOfMeta = Meta.Def.Element("profile")!;

    /// <summary>The profiles that were asked for, which concern the outermost resource.</summary>
    public void Asked(Resource resource)
    {
        foreach (var canonical in options.Profiles)
        {
            if (!Known(canonical, resource))
                _issues.Error(IssueType.NotFound, $"profile-unknown: The profile {canonical} is not known here.", -1);
        }
    }

    /// <summary>The profiles that a resource says it keeps to.</summary>
    public void Claimed(Resource resource)
    {
        if (resource.Meta is not { } meta) return;
        for (var i = 0; i < meta.ProfileElement.Count; i++)
        {
            if (meta.ProfileElement[i].Value is { } claim && !Known(claim, resource) && options.Warnings) UnknownClaim(i);
        }
    }

    /// <summary>An extension is held against its definition, and stands where that lets it stand.</summary>
    /// <param name="extension">The extension.</param>
    /// <param name="owner">The type of what holds it.</param>
    /// <param name="place">The element that this stands in; null for a resource.</param>
    public void Defined(Extension extension, TypeDef owner, ElementDef? place)
    {
        if (extension.Url is not { } url || _registry.Find(url) is not { Type: "Extension" } known) return;
        if (known.Contexts is { } contexts && !ExtensionContext.Allows(contexts, owner, place))
            _issues.Error(IssueType.Structure, "extension-context: The extension may stand on "
                + $"{string.Join(", ", contexts)} only (profile: {known.Canonical}).", -1);
        Guarded(() => Whole(known, extension));
    }

    private bool Known(string canonical, Resource resource)
    {
        if (_registry.Find(canonical) is { } profile) Guarded(() => Whole(profile, resource));
        else if (ProfileRegistry.CoreType(canonical) is not { } type) return false;
        else if (!resource.TypeDef.Is(type)) _issues.Error(IssueType.Invariant, WrongType(type, canonical.Split('|')[0]), -1);
        return true;
    }

    // The canonical comes from the content, so it is not repeated.
    private void UnknownClaim(int index)
    {
        _issues.Enter(MetaElement);
        _issues.Enter(ProfileOfMeta);
        _issues.Index = index;
        _issues.Warning(IssueType.NotFound, "profile-unknown: The profile is not known here: not checked.", -1);
        _issues.Leave();
        _issues.Leave();
    }
}
