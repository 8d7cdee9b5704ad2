using Fhir;
using Messages;
using Messages.Regions;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The units that own Tasks, as references that also tell which unit is meant to who does not have it.
/// </summary>
internal sealed class Units(Session session, Access access)
{
    /// <summary>A reference with the identifier by which others know the unit.</summary>
    public static ResourceReference Named(ResourceReference reference, Organization unit)
    {
        reference.Identifier = unit.Identifier.Find(i => i is { System: not null, Value: not null })?.Clone();
        return reference;
    }

    /// <summary>A reference to a unit of this base.</summary>
    public async Task<ResourceReference> To(string id) =>
        (await session.Registers.Of((typeof(Units), access, id), async () =>
        {
            var reference = new ResourceReference($"Organization/{id}");
            return await session.Resources.Get<Organization>(access, id) is { } unit
                ? Named(reference, unit)
                : reference;
        })).Clone();

    /// <summary>
    /// The occupational-health provider that a reference names by identifier: one that has a contract here, or whose
    /// referral of the person was placed here. Null for any other, such as an employer.
    /// </summary>
    public async Task<Organization?> KnownProvider(ResourceReference? named, string person)
    {
        if (named?.Identifier is not { System: { } system, Value: { } value }
            || await session.Resources.FindByIdentifier<Organization>(access, system, value) is not { } unit)
            return null;
        var contracts = await session.Resources.Search(access, new SearchQuery("Contract")
        {
            Clauses = [new SearchClause.Reference("authority", [new TokenValue("Organization", unit.Id)])], Count = 1,
        });
        if (contracts.Matches.Count > 0)
            return unit;
        var plans = await session.Resources.FindByReference<CarePlan>(access, "subject", "Patient", person);
        return plans.Any(plan => Is(plan.Author, unit)) ? unit : null;
    }

    /// <summary>Whether a reference means the unit.</summary>
    public static bool Is(ResourceReference? reference, Organization unit) =>
        reference?.Reference == $"Organization/{unit.Id}";

    /// <summary>The region with a county code; kept as an Organization from its first handoff on.</summary>
    public async Task<ResourceReference> Region(string code)
    {
        if (await Known(code) is not { } id)
        {
            await session.Lock(access, new Identifier(Systems.Region, code));
            id = await Known(code) ?? (await session.Resources.Create(access, New(code))).Id!;
        }

        return await To(id);
    }

    /// <summary>The id of a unit of this base; null for none.</summary>
    public static string? IdOf(ResourceReference? unit) =>
        unit?.TryGetLocal(out _, out var id) == true ? id : null;

    /// <summary>What a region is looked for by.</summary>
    public static (string Type, string System, string Value) Number(string code) =>
        ("Organization", Systems.Region, code);

    private async Task<string?> Known(string code) =>
        (await session.Resources.FindByIdentifiers(access, [Number(code)]))[Number(code)].FirstOrDefault();

    private static Organization New(string code)
    {
        var names = RegionDirectory.Names(code);
        return new Organization
        {
            Active = true,
            Language = "fi",
            Identifier = [new Identifier(Systems.Region, code)],
            NameElement = names is null
                ? new FhirString(code)
                : Texts.Text(new Wording(names.Fi, names.Sv, names.En)),
        };
    }
}
