using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>Tells the sender of a message that the region did not get it, once.</summary>
internal static class ReportUndelivered
{
    /// <summary>
    /// The report holds the header of what was not delivered (its focus), an OperationOutcome with the reason, and the
    /// Task that it was about. It goes to occupational health only for what came from there: that a person is coached
    /// is told nobody on this way. The rest stays on the operator's list.
    /// </summary>
    public static async Task Send(Session session, string headerId, Undelivered why)
    {
        var row = await Deliveries.Find(session, headerId)
            ?? throw new InvalidOperationException("A delivery that does not exist cannot be reported.");
        if (row.Sender != ServiceNames.OccupationalHealth) return;
        if (!await Deliveries.MarkReported(session, headerId)) return;
        var read = FhirJson.Read(session.Bodies.Decode(row.Body, row.KeyId));
        if (read.Resource is not Bundle bundle) return;
        await session.Outbox.Enqueue<DeliveryReport>(
            Compose(bundle, why, session.Now), row.Journey, ServiceNames.RegionHandoff);
    }

    private static Bundle Compose(Bundle undelivered, Undelivered why, DateTimeOffset now)
    {
        var header = undelivered.MessageHeader();
        var outcome = new OperationOutcome { Id = ResourceStore.NewId() };
        outcome.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = IssueSeverity.Error, Code = why.Issue, Diagnostics = why.Text,
            Details = new CodeableConcept(Systems.Error, why.Error),
        });
        List<Resource> content = [header, outcome];
        if (undelivered.Resolve<FhirTask>(header.Focus.FirstOrDefault()) is { } task)
        {
            // By its numbers the sender finds its own Task; nothing else has to travel.
            var about = new FhirTask
            {
                Id = task.Id, Identifier = task.Identifier, GroupIdentifier = task.GroupIdentifier,
                Status = task.Status, Intent = task.Intent, Priority = task.Priority, Code = task.Code,
            };
            header.Focus = [new ResourceReference($"Task/{about.Id}")];
            content.Add(about);
        }

        // Whom these named does not travel with the report.
        (header.Sender, header.Author, header.Enterer, header.Responsible) = (null, null, null, null);
        header.Destination.Clear();
        return MessageBundle.Compose(Events.DeliveryReport, ServiceNames.RegionHandoff, now, header, content);
    }
}
