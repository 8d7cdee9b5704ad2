using Fhir;
using Messages;
using ServiceKit.Storage;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Regions;

/// <summary>A region as the directory knows it: its Organization and the endpoints that it manages.</summary>
public sealed record Region(string Code, Organization Organization, IReadOnlyList<Endpoint> Endpoints)
{
    private const string SenderPrefix = "region-";

    /// <summary>The region with that county code, or null when the directory has none that is active.</summary>
    public static async Task<Region?> Find(Session session, Access access, string code)
    {
        var organization = await session.Resources.FindByToken<Organization>(
            access, "identifier", Systems.Region, code);
        if (organization is null or { Active: false }) return null;
        var endpoints = await session.Resources.FindByReference<Endpoint>(
            access, "organization", "Organization", organization.Id!);
        return new Region(code, organization, endpoints);
    }

    /// <summary>Who a region is when a message came by a way that is its alone, such as its virtual host.</summary>
    public static Access AccessOf(string code) => new(Access.Local.Tenant, SenderPrefix + code);

    /// <summary>The county code of the region that is known to have sent a message; null when that is not known.</summary>
    public static string? CodeOf(Access access) =>
        access.Organisation.StartsWith(SenderPrefix, StringComparison.Ordinal)
            ? access.Organisation[SenderPrefix.Length..]
            : null;

    /// <summary>
    /// The county code that a reference of a message names, by the Organization in the Bundle or by a logical
    /// reference; null when it names no region.
    /// </summary>
    public static string? CodeOf(Bundle bundle, ResourceReference? reference) =>
        CodeOf(bundle.Resolve<Organization>(reference)) ?? CodeOf(reference?.Identifier);

    /// <summary>The county code of an organisation, or null when it is not a region.</summary>
    public static string? CodeOf(Organization? organization) =>
        organization?.Identifier.Select(CodeOf).FirstOrDefault(code => code is not null);

    /// <summary>The county code that an identifier holds, or null.</summary>
    public static string? CodeOf(Identifier? identifier) =>
        identifier?.System == Systems.Region ? identifier.Value : null;
}
