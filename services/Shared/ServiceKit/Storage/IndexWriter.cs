using System.Data;
using System.Numerics;
using System.Text;
using Dapper;
using Fhir;

namespace ServiceKit.Storage;

/// <summary>Writes the index rows of a resource, many in one statement: statements are what costs.</summary>
internal static class IndexWriter
{
    // Statements come in a few sizes only, powers of two, so that databases keep them prepared.
    private const int MostAtOnce = 64;

    private static readonly string[] Statements =
        [.. Enumerable.Range(0, BitOperations.Log2(MostAtOnce) + 1).Select(power => Statement(1 << power))];

    public static async Task Insert(Session session, Resource resource, IReadOnlyList<IndexRow> rows)
    {
        for (var from = 0; from < rows.Count;)
        {
            var power = BitOperations.Log2((uint)Math.Min(MostAtOnce, rows.Count - from));
            var values = new DynamicParameters();
            values.Add("type", resource.TypeName, DbType.String);
            values.Add("id", resource.Id, DbType.String);
            for (var i = 0; i < 1 << power; i++) Add(values, rows[from + i], i);
            await session.Execute(Statements[power], values);
            from += 1 << power;
        }
    }

    private static void Add(DynamicParameters values, IndexRow row, int i)
    {
        values.Add($"p{i}", row.Param, DbType.String);
        values.Add($"s{i}", row.System, DbType.String);
        values.Add($"v{i}", row.Value, DbType.String);
        values.Add($"o{i}", row.Original, DbType.String);
        values.Add($"l{i}", row.Low, DbType.Int64);
        values.Add($"h{i}", row.High, DbType.Int64);
    }

    private static string Statement(int rows)
    {
        var sql = new StringBuilder(
            "insert into search_index (type, id, param, system, value, original, low, high) values ");
        return sql.AppendJoin(", ", Enumerable.Range(0, rows).Select(i =>
            $"(@type, @id, @p{i}, @s{i}, @v{i}, @o{i}, @l{i}, @h{i})")).ToString();
    }
}
