using Npgsql;

namespace RegionHandoff.Tests;

/// <summary>
/// The PostgreSQL server that the tests run on, when the variable <c>OMH_TEST_POSTGRESQL</c> names one by its connection
/// string; otherwise they run on SQLite.
/// </summary>
internal static class TestServer
{
    public static string? Name { get; } = Environment.GetEnvironmentVariable("OMH_TEST_POSTGRESQL") is { Length: > 0 } text
        ? text
        : null;

    /// <summary>Databases of their own for each folder, made when they are not there yet.</summary>
    public static async Task<string> Databases(string folder)
    {
        var prefix = Path.GetFileName(folder).ToLowerInvariant();
        await using var source = NpgsqlDataSource.Create(Name!);
        foreach (var service in (string[])[Messages.ServiceNames.RegionHandoff, Messages.ServiceNames.OccupationalHealth])
        {
            await using var seen = source.CreateCommand("select count(*) from pg_database where datname = $1");
            seen.Parameters.Add(new NpgsqlParameter { Value = $"{prefix}-{service}" });
            if ((long)(await seen.ExecuteScalarAsync())! > 0) continue;
            await using var make = source.CreateCommand($"create database \"{prefix}-{service}\"");
            await make.ExecuteNonQueryAsync();
        }

        return new NpgsqlConnectionStringBuilder(Name) { Database = prefix + "-{service}", MaxPoolSize = 10 }
            .ConnectionString;
    }
}
