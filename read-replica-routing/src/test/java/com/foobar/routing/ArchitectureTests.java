package com.foobar.routing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.foobar.routing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("com.foobar.(routing..)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule routingKnowsNothingOfSpring = noClasses().that()
		.resideInAnyPackage("com.foobar.routing", "com.foobar.routing.connection", "com.foobar.routing.monitor",
				"com.foobar.routing.dialect")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule nothingDependsOnTheAutoConfiguration = noClasses().that()
		.resideOutsideOfPackage("com.foobar.routing.autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.foobar.routing.autoconfigure");

	@ArchTest
	static void analysesSomething(JavaClasses classes) {
		org.assertj.core.api.Assertions.assertThat(classes).hasSizeGreaterThan(20);
	}

}
