using Messages.Regions;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Outcomes;

/// <summary>Words around the figures.</summary>
internal static class OutcomeTexts
{
    public static readonly Wording Title = new(
        "Hoitojaksojen tulokset", "Resultat av vårdperioder", "Outcomes of episodes");

    public static readonly Wording All = new("Kaikki", "Alla", "All");

    public static readonly Wording Hidden = new("alle {n}", "färre än {n}", "fewer than {n}");

    public static readonly Wording[] Columns =
    [
        new("ulottuvuus", "dimension", "dimension"), new("arvo", "värde", "value"), new("luku", "uppgift", "figure"),
        new("selite", "förklaring", "name"), new("lukumäärä", "antal", "count"), new("perusjoukko", "nämnare", "base"),
        new("osuus %", "andel %", "share %"), new("keskiarvo", "medelvärde", "mean"), new("salattu", "dolt", "hidden"),
    ];

    /// <summary>The county's name; a method or a quarter is told by its code.</summary>
    public static Wording? NameOf(Stratum stratum) =>
        stratum.Dimension == OutcomePolicy.Region && RegionDirectory.Names(stratum.Value) is { } names
            ? new Wording(names.Fi, names.Sv, names.En) : null;
}
