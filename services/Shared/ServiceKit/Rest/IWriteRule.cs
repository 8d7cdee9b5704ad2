using Fhir;
using Microsoft.Extensions.DependencyInjection;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>A create or update by REST that is about to be stored.</summary>
/// <param name="Proposed">What was sent; the rule may complete it. Its id is set.</param>
/// <param name="Current">The version before; null at a create.</param>
/// <param name="Access">Who sends it.</param>
/// <param name="Session">The transaction in which it will be stored; the rule may store more in it.</param>
public sealed record Write<T>(T Proposed, T? Current, Access Access, Session Session) where T : Resource
{
    /// <summary>
    /// A rule sets it at a create when what was sent is stored already: nothing is stored, and this resource is answered
    /// with 200, as <c>If-None-Exist</c> answers.
    /// </summary>
    public T? Existing { get; set; }
}

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

    /// <summary>The refusal, and what the rule found to be stored already; both null lets the write pass.</summary>
    Task<(Refusal? Refusal, Resource? Existing)> Check(
        IServiceProvider services, Resource proposed, Resource? current, Access access, Session session,
        CancellationToken cancel);
}

internal sealed record WriteRuleAdapter<T>(Type Rule) : IWriteRuleAdapter where T : Resource
{
    public async Task<(Refusal? Refusal, Resource? Existing)> Check(
        IServiceProvider services, Resource proposed, Resource? current, Access access, Session session,
        CancellationToken cancel)
    {
        var write = new Write<T>((T)proposed, (T?)current, access, session);
        var refusal = await ((IWriteRule<T>)services.GetRequiredService(Rule)).Check(write, cancel);
        return (refusal, refusal is null && current is null ? write.Existing : null);
    }
}
