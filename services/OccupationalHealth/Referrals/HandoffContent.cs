using Fhir;
using Messages;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// What crosses to the region: copies under new ids of what the treating unit needs, and of nothing else. Employer,
/// coverage and contract never cross; a reference to anything that does not cross is removed.
/// </summary>
internal sealed class HandoffContent
{
    private readonly Session session;
    private readonly Access access;
    private readonly Dictionary<string, string> ours = new(StringComparer.Ordinal);
    private readonly List<Resource> content = [];
    private string? former;

    private HandoffContent(Session session, Access access) => (this.session, this.access) = (session, access);

    /// <summary>The content of a <c>handoff-request</c>, the Task first.</summary>
    public static async Task<IReadOnlyList<Resource>> Of(Session session, Access access, FhirTask care)
    {
        var handoff = new HandoffContent(session, access);
        handoff.Add(MinimumOf(care), care);
        var request = await handoff.Take<ServiceRequest>(care.Focus, MinimumOf);
        await handoff.TakePerson(care);
        await handoff.TakeProfessional(care.Requester);
        foreach (var reason in request?.ReasonReference ?? [])
            await handoff.Take<Condition>(reason, MinimumOf);
        foreach (var info in request?.SupportingInfo ?? [])
            await handoff.Take<Observation>(info, MinimumOf);
        foreach (var input in care.Input.Select(i => i.Value).OfType<ResourceReference>())
            await handoff.TakePhoneHandover(input);
        var plan = await CarePlans.Of(session, access, care);
        await handoff.Take<Organization>(plan.Author, Whole);
        await handoff.Take<Organization>(care.Owner, Whole);
        await handoff.AddProvenance(care, plan);
        return handoff.Finish();
    }

    /// <summary>The content of a <c>handoff-cancel</c>: which handoff, and that it is withdrawn.</summary>
    public static async Task<IReadOnlyList<Resource>> OfWithdrawal(Session session, Access access, FhirTask care)
    {
        var handoff = new HandoffContent(session, access);
        handoff.Add(MinimumOf(care), care);
        await handoff.Take<ServiceRequest>(care.Focus, MinimumOf);
        await handoff.TakePerson(care);
        await handoff.TakeProfessional(care.Requester);
        var plan = await CarePlans.Of(session, access, care);
        await handoff.Take<Organization>(plan.Author, Whole);
        await handoff.Take<Organization>(care.Owner, Whole);
        return handoff.Finish();
    }

    private async Task<T?> Take<T>(ResourceReference? reference, Func<T, T> minimum) where T : Resource, new()
    {
        if (reference is null || !reference.TryGetLocal(out var type, out var id) || type != new T().TypeName
            || ours.ContainsKey($"{type}/{id}")
            || await session.Resources.Get<T>(access, id) is not { } stored)
            return null;
        Add(minimum(stored), stored);
        return stored;
    }

    private void Add(Resource copy, Resource stored)
    {
        copy.Id = ResourceStore.NewId();
        ours[$"{stored.TypeName}/{stored.Id}"] = $"{copy.TypeName}/{copy.Id}";
        content.Add(copy);
    }

    // As the referring unit told, also where another source had told otherwise.
    private async Task TakePerson(FhirTask care)
    {
        if (!care.For!.TryGetLocal(out _, out var id)
            || await session.Resources.Get<Patient>(access, id) is not { } stored)
            return;
        Add(MinimumOf(care.Contained.OfType<Patient>().FirstOrDefault() ?? stored), stored);
    }

    private async Task TakeProfessional(ResourceReference? who)
    {
        var role = await Take<PractitionerRole>(who, Whole);
        await Take<Practitioner>(role?.Practitioner ?? who, Whole);
        await Take<Organization>(role?.Organization ?? who, Whole);
    }

    // Who was called is part of the record of the call.
    private async Task TakePhoneHandover(ResourceReference reference)
    {
        var call = await Take<Communication>(reference, Whole);
        foreach (var recipient in call?.Recipient ?? [])
            await TakeProfessional(recipient);
    }

    private async Task AddProvenance(FhirTask care, CarePlan plan)
    {
        var confirmations = (await session.Resources.FindByReference<Provenance>(access, "target", "Task", care.Id!))
            .Where(p => p.Activity?.Has(Terms.ProvenanceActivity, Terms.ConfirmPlacement) == true);
        List<Provenance.AgentComponent> agents = [];
        foreach (var agent in confirmations.SelectMany(p => p.Agent))
        {
            await TakeProfessional(agent.Who);
            agents.Add(agent);
        }

        var provenance = new Provenance
        {
            Id = ResourceStore.NewId(),
            Target = [new ResourceReference($"Task/{care.Id}")],
            Recorded = session.Now,
            Activity = new CodeableConcept(Terms.ProvenanceActivity, "handoff"),
            Agent = [.. agents, new Provenance.AgentComponent { Who = plan.Author }],
        };
        content.Add(provenance);
        former = await FormerMessage(plan);
    }

    // The chain of messages: this one was made from the one that brought the referral.
    private async Task<string?> FormerMessage(CarePlan plan)
    {
        foreach (var info in plan.SupportingInfo)
            if (info.TryGetLocal(out var type, out var id) && type == "GuidanceResponse")
                return (await session.Resources.Get<GuidanceResponse>(access, id))?.RequestIdentifier?.Value;
        return null;
    }

    private List<Resource> Finish()
    {
        foreach (var resource in content)
            CrossingReferences.TurnOrDrop(resource, ours);
        foreach (var provenance in content.OfType<Provenance>())
        {
            provenance.Agent.RemoveAll(agent => agent.Who is null);
            if (former is not null)
                provenance.Entity.Add(new Provenance.EntityComponent
                {
                    Role = ProvenanceEntityRole.Derivation,
                    What = new ResourceReference
                    {
                        Type = "MessageHeader", Identifier = new Identifier(Terms.MessageId, former),
                    },
                });
        }

        return content;
    }

    private static T Whole<T>(T stored) where T : DomainResource
    {
        var copy = stored.Clone();
        (copy.Meta, copy.Text, copy.Contained) = (Labels(copy.Meta), null, []);
        return copy;
    }

    private static FhirTask MinimumOf(FhirTask care) => new()
    {
        Meta = Labels(care.Meta),
        Identifier = [.. care.Identifier.Select(identifier => identifier.Clone())],
        GroupIdentifier = care.GroupIdentifier?.Clone(),
        Status = care.Status,
        StatusReason = care.StatusReason?.Clone(),
        Intent = care.Intent,
        Priority = care.Priority,
        Code = care.Code?.Clone(),
        Focus = care.Focus?.Clone(),
        For = care.For?.Clone(),
        AuthoredOn = care.AuthoredOn,
        LastModified = care.LastModified,
        Requester = care.Requester?.Clone(),
        PerformerType = [.. care.PerformerType.Select(type => type.Clone())],
        Owner = care.Owner?.Clone(),
        Extension = [.. care.Extension.Where(e => e.Url == Terms.SafetyReviewExtension).Select(e => e.Clone())],
    };

    private static ServiceRequest MinimumOf(ServiceRequest stored)
    {
        var copy = Whole(stored);
        (copy.Extension, copy.Insurance) = ([], []);
        return copy;
    }

    private static Condition MinimumOf(Condition stored)
    {
        var copy = Whole(stored);
        copy.Extension = [];
        return copy;
    }

    private static Observation MinimumOf(Observation stored)
    {
        var copy = Whole(stored);
        copy.Extension = [];
        return copy;
    }

    private static Patient MinimumOf(Patient stored) => new()
    {
        Meta = Labels(stored.Meta),
        Extension = [.. stored.Extension.Select(e => e.Clone())],
        Identifier = [.. stored.Identifier.Select(i => i.Clone())],
        Name = [.. stored.Name.Select(n => n.Clone())],
        Telecom = [.. stored.Telecom.Where(t => t.Use is not ContactPointUse.Work).Select(t => t.Clone())],
        Gender = stored.Gender,
        BirthDate = stored.BirthDate,
        Address = [.. stored.Address.Where(a => a.Use is not AddressUse.Work).Select(a => a.Clone())],
        Communication = [.. stored.Communication.Select(c => c.Clone())],
    };

    // Security labels such as TURVAKIELTO travel; versions, sources and profiles do not.
    private static Meta? Labels(Meta? meta) =>
        meta is { Security.Count: > 0 } ? new Meta { Security = [.. meta.Security.Select(s => s.Clone())] } : null;
}
