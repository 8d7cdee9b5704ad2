namespace Messages.Regions;

/// <summary>A county's full name in Finnish, Swedish and English, as shown to people.</summary>
public sealed record RegionNames(string Fi, string Sv, string En);
