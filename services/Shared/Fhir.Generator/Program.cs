return Fhir.Generator.Commands.Run(args);
