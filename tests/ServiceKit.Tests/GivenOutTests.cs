using Fhir;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests;

/// <summary>What the tests of all services rest on: nothing wrong leaves a service unnoticed.</summary>
public sealed class GivenOutTests
{
    [Fact]
    public async Task What_is_stored_wrongly_fails_the_test_when_its_services_end()
    {
        var services = await RunningServices.Start();
        await services.Store.Write(session => session.Resources.Create(Access.Local, new Organization { Id = "nameless" }), default);
        await Fails(services, "StoreDatabase stored Organization: Organization org-1", "(nameless)");
    }

    [Fact]
    public async Task What_is_sent_wrongly_fails_it()
    {
        var services = await RunningServices.Start(withReceiver: false);
        var task = new FhirTask { Id = "a", Status = Fhir.TaskStatus.Requested };
        await services.Sender.Write(session => session.Outbox.Enqueue<HandoffRequest>(
            MessageBundle.Compose(Events.HandoffRequest, "test", session.Now, task, [task]), "j", "test"), default);
        await Fails(services, "SenderDatabase sent Bundle: Bundle.entry[1].resource.intent");
    }

    [Fact]
    public async Task What_does_not_keep_the_profile_that_it_claims_fails_it()
    {
        var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(session => session.Resources.Create(Access.Local, new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            Meta = new Meta { Profile = [Canonicals.StructureDefinition("numbered-task")] },
        }), default);
        await Fails(services, "StoreDatabase stored Task: Task numbered-task-1");
    }

    [Fact]
    public async Task What_is_answered_wrongly_fails_it()
    {
        var watching = new GivenOut();
        var app = new ApplicationBuilder(new NoServices());
        watching.Configure(inner => inner.Run(context =>
        {
            context.Response.ContentType = "application/fhir+json";
            return context.Response.WriteAsync("""{"resourceType":"Organization"}""");
        }))(app);
        var request = new DefaultHttpContext { Request = { Method = "GET", Path = "/a" } };
        await app.Build()(request);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => watching.IsRight());
        Assert.StartsWith("GET /a answered Organization: Organization org-1", fault.Message, StringComparison.Ordinal);
    }

    private static async Task Fails(RunningServices services, params IEnumerable<string> words)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(async () => await services.DisposeAsync());
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
