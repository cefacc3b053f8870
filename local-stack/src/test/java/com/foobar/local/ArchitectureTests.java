package com.foobar.local;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.foobar.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("com.foobar.local.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule nothingDependsOnTheCommands = noClasses().that()
		.resideOutsideOfPackage("com.foobar.local.cli..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.foobar.local.cli..", "picocli..");

	@ArchTest
	static final ArchRule databaseAndSecretsKnowNothingOfTheStack = noClasses().that()
		.resideInAnyPackage("com.foobar.local.database..", "com.foobar.local.secrets..", "com.foobar.local.process..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.foobar.local", "com.foobar.local.doctor..");

	@ArchTest
	static final ArchRule bootstrapNeedsNoDatabase = noClasses().that()
		.resideInAPackage("com.foobar.local.secrets..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.foobar.local.database..");

	@ArchTest
	static final ArchRule standsAloneFromTheApplications = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.foobar.web..", "com.foobar.gateway..", "com.foobar.routing..",
				"org.springframework..");

}
