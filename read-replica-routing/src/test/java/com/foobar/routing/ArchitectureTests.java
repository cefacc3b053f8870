package com.foobar.routing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

	/**
	 * What many threads pass through at once; blocks are found by the selectors' tests.
	 */
	@ArchTest
	static final ArchRule choosingTakesNoLocks = classes().that()
		.implement(ReplicaSelector.class)
		.or()
		.belongToAnyOf(Turns.class, Spill.class)
		.should(new ArchCondition<>("have no synchronized methods") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMethods()
					.stream()
					.filter((method) -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
					.forEach((method) -> events
						.add(SimpleConditionEvent.violated(method, method.getFullName() + " is synchronized")));
			}
		});

	@ArchTest
	static final ArchRule choosingKnowsNoLocks = noClasses().that()
		.implement(ReplicaSelector.class)
		.or()
		.belongToAnyOf(Turns.class, Spill.class)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("java.util.concurrent.locks..");

	@ArchTest
	static void analysesSomething(JavaClasses classes) {
		org.assertj.core.api.Assertions.assertThat(classes).hasSizeGreaterThan(20);
	}

}
