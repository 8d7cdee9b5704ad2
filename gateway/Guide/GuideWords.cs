namespace Gateway.Guide;

/// <summary>A word of the pages' frame in the three languages. What the guide itself says is in English.</summary>
internal sealed record GuideWord(string Fi, string Sv, string En)
{
    public string In(string language) => language switch { "fi" => Fi, "sv" => Sv, _ => En };
}

/// <summary>The words of the pages.</summary>
internal static class GuideWords
{
    /// <summary>The languages, each by its own name.</summary>
    public static readonly (string Code, string Name)[] Languages = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")];

    public static readonly GuideWord
        Title = new("Soveltamisopas", "Tillämpningsguide", "Implementation guide"),
        Skip = new("Siirry sisältöön", "Gå till innehållet", "Skip to content"),
        Contents = new("Sisältö", "Innehåll", "Contents"),
        Package = new("FHIR-paketti", "FHIR-paket", "FHIR package"),
        Language = new("Kieli", "Språk", "Language"),
        Element = new("Elementti", "Element", "Element"),
        Cardinality = new("Määrä", "Antal", "Cardinality"),
        Type = new("Tyyppi", "Typ", "Type"),
        Demand = new("Vaatimus", "Krav", "Demand"),
        Rules = new("Säännöt", "Regler", "Rules"),
        Rule = new("Sääntö", "Regel", "Rule"),
        Code = new("Koodi", "Kod", "Code"),
        Finnish = new("Suomeksi", "På finska", "In Finnish"),
        Swedish = new("Ruotsiksi", "På svenska", "In Swedish"),
        English = new("Englanniksi", "På engelska", "In English"),
        CodeSystem = new("Koodisto", "Kodsystem", "Code system"),
        NotListed = new("Koodit elävät päivätyissä säännöissä, eikä niitä luetella tässä.",
            "Koderna finns i daterade regler och räknas inte upp här.",
            "The codes stand in dated rules and are not listed here."),
        Fragment = new("Luettelo on osa koodistosta.", "Förteckningen är en del av kodsystemet.",
            "The list is a part of the code system."),
        Focus = new("Aihe", "Ämne", "Focus"),
        IsAnswered = new("Vastataan", "Besvaras", "Is answered"),
        Answers = new("Vastaukset", "Svar", "Answers"),
        Yes = new("kyllä", "ja", "yes"),
        No = new("ei", "nej", "no"),
        Where = new("Paikka", "Plats", "Place"),
        Use = new("Suunta", "Riktning", "Direction"),
        Parameter = new("Parametri", "Parameter", "Parameter"),
        What = new("Merkitys", "Betydelse", "Meaning"),
        Reasons = new("Perusteet", "Grunder", "Reasons"),
        Sources = new("Lähteet", "Källor", "Sources"),
        StandsOn = new("Käyttöpaikat", "Används på", "May stand on");

    /// <summary>The kinds of pages in their order, with the path of each.</summary>
    public static readonly (string Kind, GuideWord Name)[] Kinds =
    [
        ("MessageDefinition", new("Sanomat", "Meddelanden", "Messages")),
        ("StructureDefinition", new("Profiilit", "Profiler", "Profiles")),
        ("Extension", new("Laajennukset", "Tillägg", "Extensions")),
        ("OperationDefinition", new("Operaatiot", "Operationer", "Operations")),
        ("SearchParameter", new("Hakuparametrit", "Sökparametrar", "Search parameters")),
        ("CodeSystem", new("Koodistot", "Kodsystem", "Code systems")),
        ("ValueSet", new("Arvojoukot", "Värdemängder", "Value sets")),
        ("ConceptMap", new("Koodien vastaavuudet", "Motsvarigheter mellan koder", "Concept maps")),
        ("PlanDefinition", new("Hoitopaikan sääntö", "Regeln för vårdplatsen", "The rule of placement")),
        ("Example", new("Esimerkit", "Exempel", "Examples")),
    ];
}
