namespace Fhir.Path;

/// <summary>What an expression sees beside its focus.</summary>
public sealed record FhirPathContext
{
    /// <summary>Only the focus.</summary>
    public static FhirPathContext Default { get; } = new();

    /// <summary>`%resource`; by default the focus, when it is a resource.</summary>
    public Resource? Resource { get; init; }

    /// <summary>`%rootResource`: what holds <see cref="Resource"/> as contained; by default the same.</summary>
    public Resource? RootResource { get; init; }

    /// <summary>
    /// The Bundle that the resource stands in, for `resolve()`; by default the resource, when it is one.
    /// </summary>
    public Bundle? Bundle { get; init; }

    /// <summary>
    /// Finds what a reference points to outside of the resource and the Bundle; null for "not found".
    /// </summary>
    public Func<string, Resource?>? Resolver { get; init; }

    /// <summary>Further `%name` variables: a <see cref="Base"/>, string, bool, int or decimal.</summary>
    public IReadOnlyDictionary<string, object>? Variables { get; init; }

    /// <summary>Receives what `trace()` passes by; it may tell about persons, so keep it out of logs.</summary>
    public Action<string, IReadOnlyList<object>>? Trace { get; init; }

    /// <summary>For `now()`, `today()` and `timeOfDay()`.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Greatest number of steps, about one for each item that a part of the expression yields.</summary>
    public int MaxSteps { get; init; } = 2_000_000;
}
