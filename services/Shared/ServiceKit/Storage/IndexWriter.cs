using Fhir;

namespace ServiceKit.Storage;

/// <summary>Writes the index rows of a resource, all in one statement.</summary>
internal static class IndexWriter
{
    public static Task Insert(Session session, Resource resource, IReadOnlyList<IndexRow> rows) => rows.Count == 0
        ? Task.CompletedTask
        : session.Queue(
            $"""
            insert into search_index (type, id, param, system, value, original, low, high)
            select @type, @id, {session.Dialect.IndexRows}
            """,
            [("type", resource.TypeName), ("id", resource.Id), .. session.Dialect.IndexValues(rows)]);
}
