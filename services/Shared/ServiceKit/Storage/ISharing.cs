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

    /// <summary>The type that decides who sees the others.</summary>
    string Type { get; }

    /// <summary>
    /// A resource of that type, stored before anything was shared, is seen by nobody beside its tenant: shares it with all
    /// that belongs to it. It is asked at a start, perhaps by several processes at once.
    /// </summary>
    Task Renew(Session session, Access access, Resource resource);
}
