using System.Globalization;

namespace OccupationalHealth.Placement;

/// <summary>A text in the three languages in which people are served.</summary>
public sealed record Wording(string Fi, string Sv, string En)
{
    public Wording With(string name, DateOnly date) => new(
        Fill(Fi, name, date.ToString("d.M.yyyy", CultureInfo.InvariantCulture)),
        Fill(Sv, name, date.ToString("d.M.yyyy", CultureInfo.InvariantCulture)),
        Fill(En, name, date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)));

    public Wording With(string name, int number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return new(Fill(Fi, name, digits), Fill(Sv, name, digits), Fill(En, name, digits));
    }

    private static string Fill(string text, string name, string value) =>
        text.Replace("{" + name + "}", value, StringComparison.Ordinal);
}
