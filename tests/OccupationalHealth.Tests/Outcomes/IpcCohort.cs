using Fhir;
using Messages;
using OccupationalHealth.Tests.CareEpisodes;

namespace OccupationalHealth.Tests.Outcomes;

/// <summary>
/// Made-up episodes with the figures of the IPC-N cohort in the PsySos final report (Viva project), l. 713-725: 809
/// episodes, 11 % interrupted, PHQ-9 11.7 at start and 8 at the end, a third of those depressive at start without
/// symptoms, every fifth with a significant benefit though not symptom-free, the score risen in 15 %; 68 % needed no
/// support or a few follow-ups, 8 % went to specialised care, in 24 % care went on in other services.
/// </summary>
internal static class IpcCohort
{
    // How many, PHQ-9 at start and at the end. 480 of 720 are depressive at start (10 or more): 160 end below 5, 96
    // fall by 7 to 8. The score rises in 60 + 48 = 108 of 720. Sums: 8,424 at start and 5,760 at the end.
    private static readonly (int Count, int Start, int? End)[] Groups =
    [
        (160, 14, 3), (96, 15, 8), (60, 14, 16), (92, 14, 13), (72, 13, 12),
        (48, 7, 9), (100, 7, 6), (92, 7, 5),
        (89, 12, null), // interrupted, and so measured once
    ];

    private static readonly (int Upto, string Followed)[] Followed =
        [(300, "no-further-care"), (550, "few-follow-ups"), (615, "specialised-care"), (809, "other-services")];

    // A county with 3 episodes, to see it hidden.
    private static readonly (int Upto, string Region)[] Regions = [(400, "08"), (600, "07"), (806, "16"), (809, "18")];

    public static IEnumerable<Resource> Resources()
    {
        var number = 0;
        foreach (var (count, start, end) in Groups)
        {
            for (var i = 0; i < count; i++)
            {
                foreach (var resource in Episode(number, start, end)) yield return resource;
                number++;
            }
        }
    }

    private static IEnumerable<Resource> Episode(int number, int start, int? end)
    {
        // Spread over the figures by a step that has no factor in common with 809.
        var place = number * 37 % 809;
        var person = Care.Person("2010-03-01");
        var began = Care.Total(person, start, "2023-03-01");
        var ended = end is { } value ? Care.Total(person, value, "2023-05-02") : null;
        var episode = Care.Episode(person, "ipc-n", "2023-03-01", number % 2 == 0 ? "2023-05-02" : "2023-08-02")
            .Measured(began.Id, ended?.Id)
            .Ended(Followed.First(one => place < one.Upto).Followed, end is null ? "own-wish" : null);
        episode.Id = Guid.CreateVersion7().ToString();
        episode.SetExtension(Canonicals.StructureDefinition("episode-region"),
            new Coding(Systems.Region, Regions.First(one => place < one.Upto).Region));
        yield return person;
        yield return began;
        if (ended is not null) yield return ended;
        yield return episode;
        if (number % 4 != 0) yield break;
        // Systems lacked procedure codes (l. 683-687): every other of these visits has one here.
        var visit = Care.Visit(episode, "2023-03-08");
        visit.Id = Guid.CreateVersion7().ToString();
        if (number % 8 == 0) visit.Code!.Coding.Add(new Coding("https://codes.example/classification", "TEST"));
        yield return visit;
    }
}
