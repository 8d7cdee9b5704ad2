using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace ServiceKit.Tests.Settings;

public sealed class BusOptionsTests(SettingFiles files) : IClassFixture<SettingFiles>
{
    private static readonly string[] Good = ["Bus:Host=rabbit.example", "Bus:User=omh", "Bus:Password=secret"];

    [Theory]
    [InlineData("Bus:Host=rabbit:5672", "Bus:Host is 'rabbit:5672'", "the port as Bus:Port")]
    [InlineData("Bus:Host=amqp://rabbit", "Bus:Host", "name or address alone")]
    [InlineData("Bus:Port=70000", "Bus:Port is '70000'", "a number from 0 to 65535")]
    [InlineData("Bus:Port=amqp", "Bus:Port is 'amqp'", "a number from 0 to 65535")]
    [InlineData("Bus:VirtualHost=", "Bus:VirtualHost is empty", "the default is /")]
    [InlineData("Bus:User=", "Bus:User is empty", "give the user")]
    [InlineData("Bus:Password=", "Bus:Password is empty", "Bus__Password, or a file, Bus:PasswordFile")]
    [InlineData("Bus:PasswordFile=@/password", "Bus:Password and Bus:PasswordFile are both given", "leave one out")]
    [InlineData("Bus:PasswordFile=@/nowhere", "Bus:PasswordFile names", "a file that this process may read", "Password")]
    [InlineData("Bus:PasswordFile=@/empty", "Bus:PasswordFile names", "write the secret into it", "Password")]
    [InlineData("Bus:Tls=yes", "Bus:Tls is 'yes'", "write true or false")]
    [InlineData("Bus:TlsCaFile=@/certificate.pem", "Bus:Tls is false", "set it to true")]
    [InlineData("Bus:TlsServerName=rabbit", "Bus:Tls is false", "set it to true")]
    [InlineData("Bus:Tls=true Bus:TlsCaFile=@/nowhere", "Bus:TlsCaFile names", "give a PEM file")]
    [InlineData("Bus:Tls=true Bus:TlsCaFile=@/key.pem", "Bus:TlsCaFile names", "give a PEM file")]
    [InlineData("Bus:Tls=true Bus:TlsCertificateFile=@/certificate.pem", "Bus:TlsKeyFile", "give both, or neither")]
    [InlineData("Bus:Tls=true Bus:TlsCertificateFile=@/certificate.pem Bus:TlsKeyFile=@/other-key.pem",
        "Bus:TlsCertificateFile names", "a certificate and its own key")]
    [InlineData("Bus:Tls:CaFile=x", "Bus:Tls:CaFile is not known", "TlsCaFile")]
    [InlineData("Bus:Pasword=x", "Bus:Pasword is not known", "PasswordFile, Port")]
    public void A_wrong_setting_is_named_with_its_remedy(string wrong, string key, string remedy, string without = "-")
    {
        var fault = Assert.Single(Faults([.. Good.Where(line => !line.Contains(without)), .. wrong.Split(' ')]));

        Assert.Contains(key, fault);
        Assert.Contains(remedy, fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bus:Port=5673 Bus:VirtualHost=omh Bus:Tls=true Bus:TlsServerName=rabbit Bus:TlsCaFile=@/certificate.pem")]
    [InlineData("Bus:Tls=true Bus:TlsCertificateFile=@/certificate.pem Bus:TlsKeyFile=@/key.pem")]
    [InlineData("Bus:Host=::1")]
    public void Good_settings_have_no_fault(string more) =>
        Assert.Empty(Faults([.. Good, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    [Fact]
    public void Other_settings_without_a_host_do_not_make_a_bus_in_memory() =>
        Assert.Contains("Bus:Host is empty", Assert.Single(Faults("Bus:User=omh", "Bus:Password=secret")));

    [Theory]
    [InlineData("Bus:Tls=false", 5672)]
    [InlineData("Bus:Tls=true", 5671)]
    [InlineData("Bus:Port=7", 7)]
    public void The_port_is_the_usual_one_unless_it_is_given(string setting, int port) =>
        Assert.Equal(port, Read([.. Good, setting]).Settings.Factory().Port);

    [Fact]
    public void The_password_of_a_file_is_used_without_its_line_end()
    {
        var options = Read("Bus:Host=rabbit", "Bus:User=omh", "Bus:PasswordFile=@/password").Settings;

        Assert.Equal("from the file", options.Factory().Password);
    }

    private IReadOnlyList<string> Faults(params string[] lines) => Read(lines).Faults;

    private (BusOptions Settings, IReadOnlyList<string> Faults) Read(params string[] lines) =>
        SettingsReader.Read<BusOptions>(files.Read(lines));
}
