using System.Collections;
using System.Text;
using Fhir.Json;

namespace Fhir.Tests.Model;

public sealed class ModelTests
{
    [Fact]
    public void Every_element_of_the_table_is_reached_by_its_ordinal()
    {
        var open = new Queue<TypeDef>(ModelInfo.ResourceTypes.Select(r => ModelInfo.Type(r)!));
        var seen = new HashSet<TypeDef>();
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            foreach (var child in type.Elements.SelectMany(e => e.Types)) open.Enqueue(child);
            if (type.IsAbstract) continue;
            var item = type.Create();
            Assert.Same(type, item.TypeDef);
            Assert.True(item.IsEmpty, type.Name);
            for (var i = 0; i < type.Count; i++)
            {
                var element = type.Elements[i];
                Assert.Equal(i, element.Ordinal);
                Assert.Same(element, type.Element(element.Name));
                if (!element.IsList) continue;
                Assert.Same(item.Items(i), item.Get(i));
                item.Set(i, null);
                Assert.Null(item.Get(i));
            }
        }
        Assert.True(seen.Count > 250, $"{seen.Count} types");
    }

    [Fact]
    public void A_task_reads_as_its_users_expect()
    {
        var task = new FhirTask
        {
            Id = "t1",
            Status = TaskStatus.InProgress,
            Intent = TaskIntent.Order,
            Priority = RequestPriority.Urgent,
            For = new ResourceReference("Patient/p1"),
            Code = new CodeableConcept("http://example.org/codes", "x", "X"),
            LastModified = "2026-02-01T10:00:00+02:00",
            Input = [new() { Type = new() { Text = "form" }, Value = new FhirString("ä\"<") }],
        };
        Assert.Equal(
            """
            {"resourceType":"Task","id":"t1","status":"in-progress","intent":"order","priority":"urgent",
            "code":{"coding":[{"system":"http://example.org/codes","code":"x","display":"X"}]},
            "for":{"reference":"Patient/p1"},"lastModified":"2026-02-01T10:00:00+02:00",
            "input":[{"type":{"text":"form"},"valueString":"ä\"<"}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(FhirJson.Write(task)));
        Assert.Equal("Task", task.TypeName);
        Assert.Equal("in-progress", TaskStatus.InProgress.GetLiteral());
        Assert.Equal("http://hl7.org/fhir/task-status", TaskStatus.InProgress.GetSystem());
        Assert.Null(EnumCodes.Parse<TaskStatus>("In-Progress"));
    }

    [Fact]
    public void Empty_objects_are_not_written()
    {
        var patient = new Patient { Name = [new(), new() { Given = ["A"] }], MaritalStatus = new(), Contact = [new()] };
        Assert.Equal("""{"resourceType":"Patient","name":[{"given":["A"]}]}"""u8.ToArray(), FhirJson.Write(patient));
    }

    [Theory]
    [InlineData("Patient/a-1", "Patient", "a-1")]
    [InlineData("Task/1/_history/2", "Task", "1")]
    [InlineData("https://example.org/fhir/Patient/1", null, null)]
    [InlineData("Nothing/1", null, null)]
    [InlineData("Patient/", null, null)]
    [InlineData("Patient/1/2", null, null)]
    [InlineData("#a", null, null)]
    [InlineData("urn:uuid:0190d2f4-0000-7000-8000-000000000000", null, null)]
    [InlineData(null, null, null)]
    public void A_local_reference_has_a_type_and_an_id(string? reference, string? type, string? id)
    {
        Assert.Equal(type is not null, new ResourceReference(reference).TryGetLocal(out var t, out var i));
        Assert.Equal((type ?? "", id ?? ""), (t, i));
    }

    [Fact]
    public void A_copy_shares_nothing_with_its_original()
    {
        var patient = new Patient { Gender = AdministrativeGender.Other, Name = [new() { Family = "A" }] };
        patient.GenderElement!.SetExtension("u", new FhirBoolean(true));
        var copy = patient.Clone();
        Assert.Equal(AdministrativeGender.Other, copy.Gender);
        copy.Name[0].Family = "B";
        ((FhirBoolean)copy.GenderElement!.GetExtension("u")!.Value!).Value = false;
        Assert.Equal("A", patient.Name[0].Family);
        Assert.True(((FhirBoolean)patient.GenderElement!.GetExtension("u")!.Value!).Value);
    }

    [Fact]
    public void Search_parameters_hold_only_the_alternatives_of_their_type()
    {
        var patient = ModelInfo.SearchParameters.Single(p => p is { Type: "ServiceRequest", Code: "patient" });
        Assert.Equal("ServiceRequest.subject.where(resolve() is Patient)", patient.Expression);
        Assert.Equal(SearchParamType.Reference, patient.Kind);
        Assert.Contains(ModelInfo.SearchParameters, p => p is { Type: "Resource", Code: "_id" });
        Assert.Equal(2, ModelInfo.SearchParameters
            .Single(p => p is { Type: "Observation", Code: "code-value-quantity" }).Components!.Count);
        Assert.Contains(ModelInfo.Invariants, i => i is { Path: "Patient.contact", Key: "pat-1" });
        Assert.Contains(ModelInfo.Invariants, i => i is { Path: "Element", Key: "ele-1" });
    }

    [Fact]
    public void The_table_knows_bindings_and_targets()
    {
        var task = ModelInfo.Type("Task")!;
        Assert.Equal("required", task.Element("status")!.BindingStrength);
        Assert.Equal(12, task.Element("status")!.RequiredCodes!.Codes.Count);
        Assert.Contains("Organization", task.Element("owner")!.Targets);
        Assert.True(ModelInfo.Type("Observation")!.Element("value")!.IsChoice);
        Assert.Null(ModelInfo.Type("Nothing"));
    }
}
