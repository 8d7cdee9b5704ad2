namespace Standalone;

/// <summary>What a newcomer sees when everything runs.</summary>
internal static class Welcome
{
    public static void Print(string address, StandaloneOptions options) => Console.WriteLine(
        $"""

        Occupational Mental Health is ready at {address}
          occupational health  {address}/occupational-health/fhir/metadata
          IPS coaching         {address}/ips/fhir/metadata
          regions              {address}/regions/fhir/metadata
          data                 {Path.GetFullPath(options.DataFolder)}
          simulated region     {(options.SimulateRegion ? "answers handoffs" : "off (--simulate-region)")}

        Try it, from the folder of the project:

        curl -s -H 'Content-Type: application/fhir+json' --data @deploy/examples/01-preventive-contract-moderate-depression.json {address}/occupational-health/fhir/'$process-message'
        curl -s -H 'Content-Type: application/fhir+json' --data @deploy/examples/01c-confirm-placement-of-01.json {address}/occupational-health/fhir/'$process-message'
        curl -s {address}/regions/fhir/'$mailbox?region=07'

        Ctrl+C stops it; what it has answered is kept.
        """);
}
