package com.foobar.routing;

import java.util.Set;

import com.foobar.routing.connection.PrimaryFallbackLimit;
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
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.foobar.routing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("com.foobar.(routing..)").should().beFreeOfCycles();

	/**
	 * Dependencies run one way. The root package is the API and depends on GTIDs only.
	 */
	@ArchTest
	static final ArchRule packagesDependDownwards = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("api")
		.definedBy("com.foobar.routing")
		.layer("gtid")
		.definedBy("com.foobar.routing.gtid")
		.layer("url")
		.definedBy("com.foobar.routing.url")
		.layer("dialect")
		.definedBy("com.foobar.routing.dialect")
		.layer("readonly")
		.definedBy("com.foobar.routing.readonly")
		.layer("physical")
		.definedBy("com.foobar.routing.physical")
		.layer("consistency")
		.definedBy("com.foobar.routing.consistency")
		.layer("router")
		.definedBy("com.foobar.routing.router")
		.layer("statement")
		.definedBy("com.foobar.routing.statement")
		.layer("connection")
		.definedBy("com.foobar.routing.connection")
		.layer("monitor")
		.definedBy("com.foobar.routing.monitor")
		.layer("intent")
		.definedBy("com.foobar.routing.intent")
		.layer("actuate")
		.definedBy("com.foobar.routing.actuate")
		.layer("micrometer")
		.definedBy("com.foobar.routing.micrometer")
		.layer("web")
		.definedBy("com.foobar.routing.web")
		.whereLayer("api")
		.mayOnlyAccessLayers("gtid")
		.whereLayer("gtid")
		.mayNotAccessAnyLayer()
		.whereLayer("url")
		.mayNotAccessAnyLayer()
		.whereLayer("dialect")
		.mayOnlyAccessLayers("gtid")
		.whereLayer("readonly")
		.mayOnlyAccessLayers("api", "url")
		.whereLayer("physical")
		.mayOnlyAccessLayers("api", "gtid", "dialect", "readonly", "url")
		.whereLayer("consistency")
		.mayOnlyAccessLayers("api", "gtid", "dialect", "physical")
		.whereLayer("router")
		.mayOnlyAccessLayers("api", "gtid", "consistency")
		.whereLayer("statement")
		.mayNotAccessAnyLayer()
		.whereLayer("connection")
		.mayOnlyAccessLayers("api", "gtid", "dialect", "physical", "consistency", "router", "statement")
		.whereLayer("monitor")
		.mayOnlyAccessLayers("api", "gtid", "dialect", "url", "physical", "consistency")
		.whereLayer("intent")
		.mayOnlyAccessLayers("router")
		.whereLayer("actuate")
		.mayOnlyAccessLayers("api", "gtid")
		.whereLayer("micrometer")
		.mayOnlyAccessLayers("api", "consistency", "connection")
		.whereLayer("web")
		.mayOnlyAccessLayers("api");

	/** Classes do not depend on each other in a cycle, except nested ones. */
	@ArchTest
	static final ArchRule classesHaveNoCycles = slices().assignedFrom(new SliceAssignment() {
		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			boolean checked = Set.of("router", "consistency", "connection", "physical", "intent", "readonly")
				.contains(type.getPackageName().replace("com.foobar.routing.", ""));
			return checked ? SliceIdentifier.of(type.getFullName().replaceFirst("\\$.*", ""))
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "top-level classes";
		}
	}).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule routingKnowsNothingOfSpring = noClasses().that()
		.resideInAnyPackage("com.foobar.routing", "com.foobar.routing.router", "com.foobar.routing.consistency",
				"com.foobar.routing.connection", "com.foobar.routing.statement", "com.foobar.routing.physical",
				"com.foobar.routing.monitor", "com.foobar.routing.dialect", "com.foobar.routing.gtid")
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
	 * Code that many threads run concurrently; the selectors' tests detect blocking.
	 */
	@ArchTest
	static final ArchRule choosingTakesNoLocks = classes().that()
		.resideInAPackage("com.foobar.routing.router")
		.or()
		.belongToAnyOf(PrimaryFallbackLimit.class)
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
		.resideInAPackage("com.foobar.routing.router")
		.or()
		.belongToAnyOf(PrimaryFallbackLimit.class)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("java.util.concurrent.locks..");

	@ArchTest
	static void analysesSomething(JavaClasses classes) {
		org.assertj.core.api.Assertions.assertThat(classes).hasSizeGreaterThan(20);
	}

}
