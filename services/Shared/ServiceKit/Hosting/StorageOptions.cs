using Npgsql;
using ServiceKit.Settings;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Where a service keeps its data: the section <c>Storage</c>.</summary>
public sealed class StorageOptions : ISettings
{
    internal const string Example = "Host=db.example;Database=omh-{service};Username=omh-{service}";
    private const string ServiceName = "{service}";
    private const int LeastKeyBytes = 32;

    public static string Section => "Storage";

    /// <summary>
    /// A PostgreSQL connection string; <c>{service}</c> in it stands for the service's name, to be used as the database's
    /// name. Empty: SQLite in <see cref="Folder"/>.
    /// </summary>
    public string PostgreSql { get; set; } = "";

    /// <summary>A file with the password, in place of the one in the connection string.</summary>
    public string PostgreSqlPasswordFile { get; set; } = "";

    /// <summary>Where the SQLite files are, and the key of the index hashes when no file of its own is given.</summary>
    public string Folder { get; set; } = "omh-data";

    /// <summary>
    /// The key of the index hashes, at least 32 random bytes, the same for all instances of a service; empty:
    /// <c>index.key</c> in <see cref="Folder"/>, made at the first start.
    /// </summary>
    public string IndexKeyFile { get; set; } = "";

    /// <summary>Opens the database of one service.</summary>
    public DatabaseEngine Engine(string service) => PostgreSql.Length > 0
        ? new PostgreSqlEngine(ConnectionString(service))
        : new SqliteEngine(Path.Combine(Folder, $"{service}.db"));

    /// <summary>The key of the index hashes.</summary>
    public IndexKeys IndexKeys() =>
        Storage.IndexKeys.FromFile(IndexKeyFile.Length > 0 ? IndexKeyFile : Path.Combine(Folder, "index.key"));

    public IEnumerable<string> Faults()
    {
        if (Folder.Length == 0) yield return "Storage:Folder is empty: give the folder that keeps keys and databases.";
        foreach (var fault in PostgreSql.Length > 0 ? PostgreSqlFaults() : FaultsWithoutPostgreSql())
            yield return fault;
        if (IndexKeyFile.Length > 0 && !HoldsKey(IndexKeyFile))
            yield return $"Storage:IndexKeyFile names {IndexKeyFile}, which does not hold at least {LeastKeyBytes} bytes "
                + $"that this process may read: make it once with 'openssl rand -out {IndexKeyFile} {LeastKeyBytes}' "
                + "and give the same file to all instances of a service.";
    }

    private string ConnectionString(string service)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            PostgreSql.Replace(ServiceName, service, StringComparison.Ordinal));
        if (PostgreSqlPasswordFile.Length > 0) settings.Password = SecretFile.Read(PostgreSqlPasswordFile);
        return settings.ToString();
    }

    private IEnumerable<string> PostgreSqlFaults()
    {
        // What Npgsql says of a text that it cannot read may hold a part of the password.
        if (TryParse(PostgreSql) is not { } settings)
        {
            yield return $"Storage:PostgreSql is no connection string: write it like {Example}, "
                + "with quotes around a value that holds a semicolon.";
            yield break;
        }

        if (string.IsNullOrEmpty(settings.Host)) yield return $"Storage:PostgreSql has no Host: write it like {Example}.";
        if (string.IsNullOrEmpty(settings.Database))
            yield return $"Storage:PostgreSql has no Database: name one for each service, as in {Example}.";
        foreach (var fault in SecretFile.Faults(
            "The password in Storage:PostgreSql", settings.Password ?? "",
            "Storage:PostgreSqlPasswordFile", PostgreSqlPasswordFile))
            yield return fault;
    }

    private IEnumerable<string> FaultsWithoutPostgreSql()
    {
        if (PostgreSqlPasswordFile.Length > 0)
            yield return "Storage:PostgreSql is empty though Storage:PostgreSqlPasswordFile is given: "
                + $"give the connection string, such as {Example}, or leave the file out.";
    }

    private static NpgsqlConnectionStringBuilder? TryParse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static bool HoldsKey(string path)
    {
        try
        {
            return File.ReadAllBytes(path).Length >= LeastKeyBytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
