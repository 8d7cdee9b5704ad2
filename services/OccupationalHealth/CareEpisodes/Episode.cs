using Fhir;
using Messages;
using OccupationalHealth.Placement;

namespace OccupationalHealth.CareEpisodes;

/// <summary>
/// How an episode went on: codes of OMH/CodeSystem/what-followed. Source: PsySos final report, l. 721-725.
/// </summary>
public enum WhatFollowed { NoFurtherCare, FewFollowUps, OtherServices, SpecialisedCare }

/// <summary>Why one was interrupted; the report names none, these are the product's own [?].</summary>
public enum InterruptionReason { OwnWish, DidNotAttend, Moved, NeedsOtherCare, UnitsReason, Other }

/// <summary>Reads an episode of a method from its EpisodeOfCare.</summary>
internal static class Episode
{
    public static string? MethodOf(EpisodeOfCare episode) => episode.Type.SelectMany(type => type.Coding)
        .FirstOrDefault(coding => coding.System == Systems.Method)?.Code;

    public static InterruptionReason? InterruptionOf(EpisodeOfCare episode) =>
        Coded<InterruptionReason>(episode, Terms.InterruptionExtension, Terms.InterruptionReason);

    public static WhatFollowed? WhatFollowedOf(EpisodeOfCare episode) =>
        Coded<WhatFollowed>(episode, Terms.WhatFollowedExtension, Terms.WhatFollowed);

    public static string? RegionOf(EpisodeOfCare episode) =>
        (episode.GetExtension(Terms.EpisodeRegionExtension)?.Value as Coding)?.Code;

    /// <summary>The id of the Observation that an extension names, or null.</summary>
    public static string? MeasureOf(EpisodeOfCare episode, string extension) =>
        (episode.GetExtension(extension)?.Value as ResourceReference)?.TryGetLocal(out var type, out var id) == true
        && type == "Observation" ? id : null;

    /// <summary>The id of the episode to which a visit belongs, or null.</summary>
    public static string? OfVisit(Procedure visit) =>
        (visit.GetExtension(Terms.EpisodeExtension)?.Value as ResourceReference)?.TryGetLocal(out var type, out var id)
            == true && type == "EpisodeOfCare" ? id : null;

    private static T? Coded<T>(EpisodeOfCare episode, string extension, string system) where T : struct, Enum =>
        Codes.Parse<T>((episode.GetExtension(extension)?.Value as CodeableConcept)?.Coding
            .Find(coding => coding.System == system)?.Code);
}
