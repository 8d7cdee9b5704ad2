using OccupationalHealth.CareEpisodes;

namespace OccupationalHealth.Outcomes;

/// <summary>What one ended episode tells; no person.</summary>
/// <param name="Start">Total at start; null where none was measured.</param>
/// <param name="CodedVisits">Visits with a procedure code beside the method's local one.</param>
public sealed record EpisodeFact(
    string Method, string? Region, DateOnly EndedOn, bool Interrupted, WhatFollowed? Followed, decimal? Start,
    decimal? End, int Visits, int CodedVisits);
