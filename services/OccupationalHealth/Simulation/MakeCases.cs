using System.Globalization;
using System.Text.Json;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>
/// Invented cases of a year, to try the simulation out: the same number and seed give the same file. How often what occurs
/// is chosen evenly and tells nothing of Finland.
/// </summary>
internal sealed class MakeCases
{
    private const int Employers = 40, Year = 2026;

    private static readonly string[] Regions = ["05", "07", "08", "14"];
    private static readonly string[] Methods = ["klt", "guided-self-care", "nettiterapia", "ips"];

    // Its own: the same on every machine and in every version of .NET (xorshift64*, Vigna 2016).
    private ulong state;
    private readonly Utf8JsonWriter writer;

    private MakeCases(Utf8JsonWriter writer, int seed) =>
        (this.writer, state) = (writer, ((ulong)seed * 2_654_435_761) + 0x9E37_79B9_7F4A_7C15);

    public static async Task Write(Stream file, int count, int seed)
    {
        await using var writer = new Utf8JsonWriter(file);
        var maker = new MakeCases(writer, seed);
        for (var i = 0; i <= count; i++)
        {
            if (i == 0) maker.Scenario();
            else maker.Case();
            await writer.FlushAsync();
            writer.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    private void Scenario()
    {
        JsonSerializer.Serialize(writer, new
        {
            from = $"{Year}-01-01",
            until = $"{Year}-12-31",
            contracts = new Dictionary<string, object>
            {
                ["now"] = Contracts(one => one % 2 == 0 ? ScopeOfCare.Preventive : ScopeOfCare.PreventiveAndMedicalCare),
                ["all with medical care"] = Contracts(_ => ScopeOfCare.PreventiveAndMedicalCare),
            },
            catalogues = new Dictionary<string, object>
            {
                ["now"] = Units(Capacity.WaitingList, 100), ["more capacity"] = Units(Capacity.Available, 0),
            },
        }, ScenarioFile.Json);
    }

    private static object[] Contracts(Func<int, ScopeOfCare> scope) =>
    [
        .. Enumerable.Range(0, Employers).Select(one => new
        {
            id = $"contract-{one}", employer = $"employer-{one}", provider = $"provider-{one % 3}",
            scope = scope(one).Code(), from = $"{Year - 1}-01-01",
            methods = new[] { new { code = "klt", quota = 8 } },
        }),
    ];

    private static object[] Units(Capacity capacity, int days) =>
    [
        .. Regions.SelectMany(region => Enum.GetValues<CarePlace>()
            .Where(place => place is not CarePlace.OccupationalHealth).Select(place => (object)new
            {
                id = $"{place.Code()}-{region}", place = place.Code(), region, capacity = capacity.Code(),
                waitingDays = days,
            })),
        .. Enumerable.Range(0, 3).Select(one => (object)new
        {
            id = $"clinic-{one}", place = CarePlace.OccupationalHealth.Code(), provider = $"provider-{one}",
        }),
    ];

    private void Case()
    {
        var day = new DateOnly(Year, 1, 1).AddDays(Below(365));
        writer.WriteStartObject();
        writer.WriteString("asOf", Text(day));
        writer.WriteString("plannedStart", Text(day.AddDays(Below(30))));
        if (OneIn(100)) writer.WriteBoolean("emergency", true);
        if (OneIn(50)) writer.WriteBoolean("acuteCrisis", true);
        if (OneIn(4)) writer.WriteString("level", OneOf<CareLevel>().Code());
        writer.WriteString("severity", OneOf<Severity>().Code());
        if (!OneIn(4)) writer.WriteBoolean("disorder", !OneIn(3));
        writer.WriteStartObject("scores");
        writer.WriteNumber("phq-9", Below(28));
        writer.WriteNumber("gad-7", Below(22));
        writer.WriteEndObject();
        writer.WriteString("workRelatedness", OneOf<WorkRelatedness>().Code());
        if (!OneIn(4)) writer.WriteNumber("symptomMonths", Below(24));
        if (!OneIn(4)) writer.WriteString("earlierResponse", OneOf<EarlierResponse>().Code());
        if (!OneIn(4)) writer.WriteNumber("allowanceDays", Below(200));
        if (!OneIn(4)) writer.WriteBoolean("recurrence", OneIn(4));
        writer.WriteNumber("age", 17 + Below(51));
        if (OneIn(4)) writer.WriteString("methodAskedFor", Methods[Below(Methods.Length)]);
        writer.WriteString("region", Regions[Below(Regions.Length)]);
        if (!OneIn(20))
        {
            writer.WriteStartArray("employers");
            writer.WriteStringValue($"employer-{Below(Employers)}");
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private T OneOf<T>() where T : struct, Enum => Enum.GetValues<T>()[Below(Enum.GetValues<T>().Length)];

    private bool OneIn(int number) => Below(number) == 0;

    private int Below(int limit)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return (int)((state * 0x2545_F491_4F6C_DD1D >> 33) % (ulong)limit);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
