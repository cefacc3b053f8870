package com.foobar.gateway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The shape of the module.
 */
@AnalyzeClasses(packages = "com.foobar.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("com.foobar.gateway.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule decisionsDoNoInputOrOutput = noClasses().that()
		.resideInAPackage("..loadbalancer..")
		.or()
		.haveSimpleName("RetryPolicy")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor..", "java.net..", "java.util.concurrent..");

	@ArchTest
	static final ArchRule backendsKnowNothingOfRequests = noClasses().that()
		.resideInAPackage("..backend..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.foobar.gateway.server..", "com.foobar.gateway.netty..", "com.foobar.gateway.http..",
				"com.foobar.gateway.proxy..", "com.foobar.gateway.health..", "com.foobar.gateway.loadbalancer..");

	@ArchTest
	static final ArchRule requestsGoOneWayThroughTheProxy = noClasses().that()
		.haveSimpleName("Attempt")
		.or()
		.haveSimpleName("ResponseRelay")
		.should()
		.dependOnClassesThat()
		.haveNameMatching(".*\\.Proxy(Filter|Exchange)");

	@ArchTest
	static final ArchRule nothingCallsTheCacheFilterBack = noClasses().that()
		.resideInAPackage("..cache..")
		.and()
		.haveNameNotMatching(".*\\.Cache(Filter|Configuration)")
		.should()
		.dependOnClassesThat()
		.haveSimpleName("CacheFilter");

	@ArchTest
	static final ArchRule springLoadBalancerIsNotUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.cloud.client.loadbalancer..");

	@ArchTest
	static final ArchRule configurationIsInternal = classes().that()
		.haveSimpleNameEndingWith("Configuration")
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().that()
		.resideInAPackage("com.foobar.gateway..")
		.should(new ArchCondition<JavaClass>("be in a package marked @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
				}
			}

		});

}
