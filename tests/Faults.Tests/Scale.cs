namespace Faults.Tests;

/// <summary>
/// How long and how hard these tests try: short unless the environment says otherwise, since they run before every
/// change. tests/faults.sh asks for the long form.
/// </summary>
internal static class Scale
{
    public static int Referrals { get; } = Number("OMH_FAULTS_REFERRALS", 200);

    public static int ReferralsPerSecond { get; } = Number("OMH_FAULTS_RATE", 5);

    public static int Kills { get; } = Number("OMH_FAULTS_KILLS", 6);

    /// <summary>Gateways, and instances of each service, while referrals and kills come.</summary>
    public static int Instances { get; } = Number("OMH_FAULTS_INSTANCES", 1);

    /// <summary>How long the broker stays down.</summary>
    public static TimeSpan BrokerDown { get; } = TimeSpan.FromSeconds(Number("OMH_FAULTS_BROKER_DOWN", 20));

    /// <summary>Journeys with ten updates each.</summary>
    public static int Journeys { get; } = Number("OMH_FAULTS_JOURNEYS", 50);

    /// <summary>How often each service is killed by itself.</summary>
    public static int Rounds { get; } = Number("OMH_FAULTS_ROUNDS", 1);

    /// <summary>Of the schedule of kills: the same seed plans the same kills.</summary>
    public static int Seed { get; } = Number("OMH_FAULTS_SEED", Random.Shared.Next());

    /// <summary>The promises are for machines that do nothing else.</summary>
    public static TimeSpan WithSlack(TimeSpan promised) => promised * 3;

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given)
            ? given
            : otherwise;
}
