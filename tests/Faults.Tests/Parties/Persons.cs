namespace Faults.Tests.Parties;

/// <summary>Invented persons, by number: a birthday in the 1990s and an identity code of the 900 series.</summary>
internal static class Persons
{
    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private const int OfOneDay = 100;

    public static (DateOnly Birth, string Code) Of(int number)
    {
        var birth = new DateOnly(1990, 1, 1).AddDays(number / OfOneDay);
        var day = birth.ToString("ddMMyy", CultureInfo.InvariantCulture);
        var individual = 900 + number % OfOneDay;
        var remainder = int.Parse($"{day}{individual}", CultureInfo.InvariantCulture) % CheckCharacters.Length;
        return (birth, $"{day}X{individual}{CheckCharacters[remainder]}");
    }
}
