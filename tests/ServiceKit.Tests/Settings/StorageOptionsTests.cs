using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace ServiceKit.Tests.Settings;

public sealed class StorageOptionsTests(SettingFiles files) : IClassFixture<SettingFiles>
{
    [Theory]
    [InlineData("Storage:Folder=", "Storage:Folder is empty", "give the folder")]
    [InlineData("Storage:PostgreSql=postgres://omh:s3c@db/omh", "Storage:PostgreSql is no", "write it like Host=")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh;Password=s3c;ret", "Storage:PostgreSql is no", "semicolon")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh;Port=abc", "Storage:PostgreSql is no", "write it like Host=")]
    [InlineData("Storage:PostgreSql=Database=omh", "Storage:PostgreSql has no Host", "write it like Host=")]
    [InlineData("Storage:PostgreSql=Host=db", "Storage:PostgreSql has no Database", "one for each service")]
    [InlineData("Storage:PostgreSqlPasswordFile=@/password", "Storage:PostgreSql is empty", "leave the file out")]
    [InlineData("Storage:IndexKeyFile=@/nowhere", "Storage:IndexKeyFile names", "openssl rand")]
    [InlineData("Storage:IndexKeyFile=@/short.key", "Storage:IndexKeyFile names", "at least 32 bytes")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh;Password=x Storage:PostgreSqlPasswordFile=@/password",
        "Storage:PostgreSqlPasswordFile are both given", "leave one out")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh Storage:PostgreSqlPasswordFile=@/empty",
        "Storage:PostgreSqlPasswordFile names", "write the secret into it")]
    [InlineData("Storage:IndexKey=x", "Storage:IndexKey is not known", "IndexKeyFile")]
    public void A_wrong_setting_is_named_with_its_remedy(string wrong, string key, string remedy)
    {
        var fault = Assert.Single(Faults(wrong.Split(' ')));

        Assert.Contains(key, fault);
        Assert.Contains(remedy, fault);
        Assert.DoesNotContain("s3c", fault);
    }

    [Theory]
    [InlineData("Storage:Folder=data")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh-{service};Username=omh-{service};SSL Mode=VerifyFull")]
    [InlineData("Storage:PostgreSql=Host=db;Database=omh Storage:PostgreSqlPasswordFile=@/password")]
    [InlineData("Storage:IndexKeyFile=@/index.key")]
    public void Good_settings_have_no_fault(string settings) =>
        Assert.Empty(Faults(settings.Replace("SSL Mode", "SSL_Mode").Split(' ').Select(s => s.Replace('_', ' ')).ToArray()));

    private IReadOnlyList<string> Faults(params string[] lines) =>
        SettingsReader.Read<StorageOptions>(files.Read(lines)).Faults;
}
