using Fhir;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Bulk;

/// <summary>
/// Tells whether a contact of a spreadsheet is recorded already, and as which. The key is the id that the spreadsheet
/// itself gives it. Without one it is the day, the kind, the client and the employer; two contacts may have that in
/// common, so that another place or length leaves open whether a line is another contact or a changed one.
/// </summary>
internal sealed class KnownContacts
{
    /// <summary>Ids of contacts in the spreadsheet of a coach; other coaches may have the same ones.</summary>
    public static readonly string OwnIdSystem = Canonicals.Sid("ips-contact");

    private const string Withdrawn = "It was withdrawn or changed here since: nothing is stored.";

    private readonly Dictionary<ContactKey, List<Encounter>> byKey = [];
    private readonly Dictionary<string, List<Encounter>> byOwnId = new(StringComparer.Ordinal);

    // Of these a line of the file tells.
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <param name="stored">All contacts of the coach.</param>
    public KnownContacts(IEnumerable<Encounter> stored)
    {
        foreach (var contact in stored) Index(contact);
    }

    public static async Task<KnownContacts> Of(Session session, Access access, ResourceReference coach) =>
        new(coach.TryGetLocal(out var type, out var id)
            ? await session.Resources.FindByReference<Encounter>(access, "participant", type, id) : []);

    /// <summary>Says that a line of the file tells this; asked is when all lines have been named.</summary>
    public void Name(Encounter line)
    {
        if (WithKeyOf(line).Find(one => IsValid(one) && IsAlike(one, line)) is { } same) told.Add(same.Id!);
    }

    public Recorded Find(Encounter line) => OwnId(line) is { } id ? FindById(line, id) : FindByContent(line);

    /// <summary>Takes along what this import has stored.</summary>
    public void Add(Encounter contact)
    {
        Index(contact);
        told.Add(contact.Id!);
    }

    private Recorded FindById(Encounter line, string id)
    {
        var own = byOwnId.GetValueOrDefault(id, []);
        if (own.Find(IsValid) is { } valid && IsAlike(valid, line)) return new Recorded.Already(valid);
        if (own.Find(one => IsAlike(one, line)) is { } withdrawn) return new Recorded.Already(withdrawn, Withdrawn);
        if (own.Find(IsValid) is { } former) return new Recorded.Otherwise(former);
        if (WithKeyOf(line).Find(one => IsValid(one) && OwnId(one) is null && IsAlike(one, line)) is { } unnamed)
            return new Recorded.Unnamed(unnamed);
        return new Recorded.Not(Rival(line) is null ? null
            : "A contact of the same client, day and kind is recorded with another place, length or id: see whether it "
            + "is the same.");
    }

    private Recorded FindByContent(Encounter line)
    {
        var alike = WithKeyOf(line).Where(one => IsAlike(one, line)).ToList();
        if (alike.Find(IsValid) is { } same) return new Recorded.Already(same);
        if (alike is [var withdrawn, ..]) return new Recorded.Already(withdrawn, Withdrawn);
        return Rival(line) is not { } rival ? new Recorded.Not() : new Recorded.Unclear(new LineFault(
            rival.Class?.Code == line.Class?.Code ? "minutes" : "place", IssueType.Conflict,
            "A contact of the same client, day and kind is recorded with another place or length. If this is another "
            + "one, give it an id of its own (own-id); if that one is wrong, withdraw it first (entered-in-error)."));
    }

    // Not the contact of another line.
    private Encounter? Rival(Encounter line) =>
        WithKeyOf(line).Find(one => IsValid(one) && !told.Contains(one.Id!));

    private void Index(Encounter contact)
    {
        Put(byKey, ContactKey.Of(contact));
        if (OwnId(contact) is { } id) Put(byOwnId, id);

        void Put<T>(Dictionary<T, List<Encounter>> index, T key) where T : notnull
        {
            if (index.TryGetValue(key, out var all) && !all.Contains(contact)) all.Add(contact);
            else index.TryAdd(key, [contact]);
        }
    }

    private List<Encounter> WithKeyOf(Encounter line) => byKey.GetValueOrDefault(ContactKey.Of(line), []);

    private static bool IsValid(Encounter contact) => contact.Status is EncounterStatus.Finished;

    private static bool IsAlike(Encounter one, Encounter other) => ContactKey.Of(one) == ContactKey.Of(other)
        && one.Class?.Code == other.Class?.Code && one.Length?.Value == other.Length?.Value;

    private static string? OwnId(Encounter contact) =>
        contact.Identifier.Find(one => one.System == OwnIdSystem)?.Value;

    private sealed record ContactKey(DateOnly? Day, string? Kind, string? Person, string? Employer)
    {
        public static ContactKey Of(Encounter contact) => new(
            CoachContact.DayOf(contact), CoachContact.KindOf(contact), contact.Subject?.Reference,
            (contact.GetExtension(CoachContact.EmployerUrl)?.Value as ResourceReference)?.Identifier?.Value);
    }
}
