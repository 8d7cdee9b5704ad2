using Fhir;
using Microsoft.Extensions.DependencyInjection;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>A create or update by REST that is about to be stored.</summary>
/// <param name="Proposed">What was sent; the rule may complete it. Its id is set.</param>
/// <param name="Current">The version before; null at a create.</param>
/// <param name="Access">Who sends it.</param>
/// <param name="Session">The transaction in which it will be stored; the rule may store more in it.</param>
public sealed record Write<T>(T Proposed, T? Current, Access Access, Session Session) where T : Resource;

/// <summary>Checks creates and updates of one type before they are stored.</summary>
public interface IWriteRule<T> where T : Resource
{
    /// <summary>Null lets it pass; a refusal lists every fault, and nothing is stored.</summary>
    Task<Refusal?> Check(Write<T> write, CancellationToken cancel);
}

/// <summary>Runs a rule for a resource whose type is known only by name.</summary>
public interface IWriteRuleAdapter
{
    /// <summary>The rule's own type, for the container.</summary>
    Type Rule { get; }

    Task<Refusal?> Check(
        IServiceProvider services, Resource proposed, Resource? current, Access access, Session session,
        CancellationToken cancel);
}

internal sealed record WriteRuleAdapter<T>(Type Rule) : IWriteRuleAdapter where T : Resource
{
    public Task<Refusal?> Check(
        IServiceProvider services, Resource proposed, Resource? current, Access access, Session session,
        CancellationToken cancel) =>
        ((IWriteRule<T>)services.GetRequiredService(Rule))
            .Check(new Write<T>((T)proposed, (T?)current, access, session), cancel);
}
