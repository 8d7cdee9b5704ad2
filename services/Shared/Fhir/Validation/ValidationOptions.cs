namespace Fhir.Validation;

/// <summary>What to check and what to leave out.</summary>
public sealed record ValidationOptions
{
    /// <summary>All rules and remarks but dom-6.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Errors only: no best practices and no other warnings.</summary>
    public static ValidationOptions ErrorsOnly { get; } = new() { Warnings = false };

    /// <summary>Lists what is only a warning, which a best practice of R4 is, as well.</summary>
    public bool Warnings { get; init; } = true;

    /// <summary>Keys of rules that are left out. dom-6 ("should have narrative") is noise between machines.</summary>
    public IReadOnlySet<string> Skipped { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "dom-6" };

    /// <summary>The Bundle that the resource stands in, when it is validated without it.</summary>
    public Bundle? Bundle { get; init; }

    /// <summary>Finds resources that a rule asks for by `resolve()` outside of the Bundle.</summary>
    public Func<string, Resource?>? Resolver { get; init; }

    /// <summary>
    /// Known profiles and value sets: resources are held against the profiles that they claim (`meta.profile`) and
    /// extensions against their definitions. Without it only R4 itself is checked.
    /// </summary>
    public ProfileRegistry? Registry { get; init; }

    /// <summary>Holds extensions against their definitions, and to where these let them stand.</summary>
    public bool Extensions { get; init; } = true;

    /// <summary>Canonicals of profiles that the resource must keep to; they need the <see cref="Registry"/>.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Greatest number of listed issues; one more says that there are others.</summary>
    public int MaxIssues { get; init; } = 100;

    /// <summary>Greatest number of steps of all rules together; what needs more is refused as too costly.</summary>
    public int MaxSteps { get; init; } = 20_000_000;
}
