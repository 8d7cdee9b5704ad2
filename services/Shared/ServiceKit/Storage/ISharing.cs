using Fhir;

namespace ServiceKit.Storage;

/// <summary>
/// A service's answer to who sees a resource beside its tenant. It is asked of everything that is stored, in its
/// transaction, whichever way it came: REST, messages, imports and deadlines need not think of it.
/// </summary>
public interface ISharing
{
    /// <summary>A version of a resource was stored; its meta tells which.</summary>
    Task Stored(Session session, Access access, Resource resource);

    /// <summary>The transaction ends: all that it has created, and by whom; one question for all of them.</summary>
    Task Created(Session session, IReadOnlyList<(Access Access, Resource Resource)> all);
}
